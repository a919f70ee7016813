import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { VERSION } from './made.ts';

const run = promisify(execFile);

/** A command that ends in the program; what it takes is appended. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the program may put its lock: a program that is being tried must not wait for another on this machine. */
  readonly lockFolder: string;
}

/** Runs a command with arguments, in no environment but its own; rejects when it fails. */
export async function outputOf({ argv, env = {}, lockFolder }: Command, ...args: string[]): Promise<string> {
  const [command, ...rest] = argv;
  const { stdout } = await run(command, [...rest, ...args], {
    env: { ...env, SLABTOP_K8S_LOCK_FILE: join(lockFolder, 'slabtop-k8s.lock') },
    cwd: '/',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  });
  return stdout;
}

/**
 * Tries the main job: the version, and one report of this machine's real kernel. The slab total comes from the main
 * thread of the sampler process, the caches from its worker thread, so that neither can have failed to start.
 */
export async function doesMainJob(command: Command, ...args: string[]): Promise<ReturnType<typeof JSON.parse>> {
  expect(await outputOf(command, '--version')).toBe(`${VERSION}\n`);
  const document = JSON.parse(await outputOf(command, ...args, '--once', '--json'));
  expect(document).toMatchObject({ schema: 'slabtop-k8s/1', tool: { version: VERSION } });
  expect(document.slab.totalBytes).toBeGreaterThan(0);
  if (process.getuid?.() === 0) expect(document.slab.caches.length).toBeGreaterThan(10);
  else expect(document.slab.caches).toMatchObject({ unavailable: 'denied' });
  expect(document.self.pssBytes).toBeGreaterThan(0);
  return document;
}
