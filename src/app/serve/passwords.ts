import type { Worker } from 'node:worker_threads';
import { startOwnThread } from '../children/own-process.ts';
import type { PasswordQuestion, PasswordWorkerData } from './password-protocol.ts';

/** A thread that has compared nothing for so long is ended: a scraper's password is remembered, and asks no more. */
const IDLE_MS = 30_000;

/** A comparison that takes longer than this has lost its thread. */
const MOST_MS = 20_000;

/** Compares passwords on a thread of its own, which is there only while it is needed. The caller takes turns. */
export class Passwords {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** Whether a password has this bcrypt hash. Rejects where no thread could be had. */
  compare = (password: string, hash: string): Promise<boolean> => {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise<boolean>((settle, reject) => {
      const fail = (error: Error): void => {
        this.end();
        reject(error);
      };
      const patience = setTimeout(() => fail(new Error('comparing the password took too long')), MOST_MS);
      worker.once('error', fail);
      worker.once('message', (right: boolean) => {
        clearTimeout(patience);
        worker.off('error', fail);
        this.#idle = setTimeout(() => this.end(), IDLE_MS).unref();
        settle(right);
      });
      const question: PasswordQuestion = { password, hash };
      worker.postMessage(question);
    });
  };

  /** Ends the thread. */
  end(): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    const data: PasswordWorkerData = { lane: 'passwords' };
    return startOwnThread(data);
  }
}
