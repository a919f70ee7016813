import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { Pty } from '../support/pty-program.ts';
import { settle } from '../support/real-kernel.ts';
import { membersOf, stillRuns } from './footprint.ts';

/** The JSON document of an export; the program's own tests hold its form. */
export type Document = ReturnType<typeof JSON.parse>;

const COLUMNS = 160;
const ROWS = 45;

/** A sample is not older than this where the interval is half a second; the machine may be busy. */
const FRESH_MS = 5000;

/** Whatever asks it to end, it has ended after so long. */
const END_MS = 30_000;

/** A live screen in a pseudo-terminal, looked at through its exports. */
export class Session {
  readonly pty: Pty;
  readonly exportFolder: string;

  /** `program` is the file to start, as a user does: it has Node's flags. A folder for exports is made unless one is named. */
  constructor(program: string, args: readonly string[], exportFolder = makeFolder(tmpdir(), 'exports').path) {
    this.exportFolder = exportFolder;
    this.pty = new Pty({
      command: program,
      args,
      env: { SLABTOP_K8S_EXPORT_FOLDER: exportFolder, SLABTOP_K8S_LOCK_FILE: join(exportFolder, '.lock') },
      columns: COLUMNS,
      rows: ROWS,
    });
    // Its terminal stays open as long as any program that was started later has inherited it.
    atExit(() => this.pty.close());
  }

  /** Waits for the overview with its numbers. */
  async ready(): Promise<void> {
    await this.pty.waitFor((screen) => screen.some((line) => /memory cgroups .*\d = \d/.test(line)), 60_000);
  }

  /** Presses `e` and reads the numbers that were written. */
  async document(): Promise<Document> {
    const before = new Set(this.#exports());
    // Whatever is open (a filter, a dialog, help) takes keys for itself.
    this.pty.type('\x1b');
    await sleep(100);
    this.pty.type('\x1b');
    await sleep(100);
    this.pty.type('e');
    const fresh = await settle(() => this.#exports().filter((name) => !before.has(name)), {
      until: (names) => names.length > 0,
      timeoutSeconds: 30,
    });
    return JSON.parse(readFileSync(join(this.exportFolder, fresh[0] ?? ''), 'utf8'));
  }

  /** Exports until the numbers are of now and `fits` says that they are as wanted; throws with the last otherwise. */
  async documentWith(what: string, fits: (document: Document) => boolean, timeoutSeconds = 90): Promise<Document> {
    const end = performance.now() + timeoutSeconds * 1000;
    for (;;) {
      const asked = Date.now();
      const document = await this.document();
      if (Date.parse(document.at) >= asked - FRESH_MS && fits(document)) return document;
      if (performance.now() > end) {
        const { at, memcg, kubelet } = document;
        const { pid, threads, unavailable } = kubelet;
        const seen = JSON.stringify({
          at,
          live: memcg.live,
          total: memcg.total,
          kubelet: { pid, threads, unavailable },
        });
        throw new Error(`${what}: not within ${timeoutSeconds} s; last ${seen}`);
      }
      await sleep(1000);
    }
  }

  /** Presses `q` and says what is not as it was before: the terminal's modes, its screen, the processes. */
  async end(how: (pty: Pty) => void, code: number): Promise<string[]> {
    const members = membersOf(this.pty.pid);
    how(this.pty);
    const exit = await Promise.race([this.pty.exited, sleep(END_MS, undefined, { ref: false })]);
    if (exit === undefined) {
      this.pty.kill('SIGKILL');
      return [`had not ended after ${END_MS / 1000} s`];
    }
    const wrong: string[] = [];
    if (exit.code !== code) wrong.push(`ended with code ${exit.code}, signal ${exit.signal} instead of code ${code}`);
    if (this.pty.inAlternateScreen) wrong.push('the alternate screen is left on');
    if (this.pty.cursorIsHidden) wrong.push('the cursor is left hidden');
    if (this.pty.modes() !== this.pty.modesBefore) wrong.push('the modes of the terminal are not restored');
    wrong.push(...(await survivors(members)));
    this.pty.close();
    return wrong;
  }

  #exports(): string[] {
    return readdirSync(this.exportFolder).filter((name) => /^slabtop-k8s-.*\.json$/.test(name));
  }
}

/** Those of a tree that are still there after ten seconds. */
export async function survivors(members: ReturnType<typeof membersOf>): Promise<string[]> {
  for (let tries = 0; tries < 100 && members.some(stillRuns); tries += 1) await sleep(100);
  return members.filter(stillRuns).map(({ pid, name }) => `process ${pid} (${name}) is left behind`);
}
