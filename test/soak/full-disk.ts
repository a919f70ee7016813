import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { settle } from '../support/real-kernel.ts';
import { Session } from './session.ts';

/** A file system of `kibibytes` in memory, unmounted by `remove` and at exit. */
interface SmallDisk {
  readonly path: string;
  fill(): void;
  empty(): void;
  remove(): void;
}

/** Mounts one; takes root. */
function mountSmallDisk(kibibytes: number): SmallDisk {
  const { path, remove } = makeFolder(tmpdir(), 'disk');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0700`, 'slabtop-k8s-soak', path]);
  const unmount = atExit(() => execFileSync('umount', [path]));
  const filling = join(path, 'filling');
  return {
    path,
    fill: () => {
      // Until the last byte, with pieces that get smaller.
      for (let size = kibibytes * 1024, number = 0; size > 0; number += 1) {
        try {
          writeFileSync(`${filling}-${number}`, Buffer.alloc(size));
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
          size = Math.floor(size / 2);
        }
      }
    },
    empty: () => {
      for (const name of readdirSync(path)) if (name.startsWith('filling')) rmSync(join(path, name));
    },
    remove: () => {
      unmount();
      remove();
    },
  };
}

/** An export to a full disk leaves nothing but a sentence; with room again, it is written. Answers what is wrong. */
export async function exportToFullDisk(program: string, args: readonly string[]): Promise<string[]> {
  const disk = mountSmallDisk(4096);
  const session = new Session(program, args, disk.path);
  try {
    await session.ready();
    disk.fill();
    session.pty.type('e');
    await session.pty.waitFor('the disk is full');
    const left = readdirSync(disk.path).filter((name) => name.includes('slabtop-k8s-'));
    disk.empty();
    await session.document();
    const wrong = await session.end((pty) => pty.type('q'), 0);
    return left.length === 0 ? wrong : [...wrong, `left on the full disk: ${left.join(', ')}`];
  } finally {
    session.pty.close();
    disk.remove();
  }
}

/** A recording whose disk gets full ends with a sentence, and what it has can be replayed. Answers what is wrong. */
export async function recordToFullDisk(program: string, args: readonly string[]): Promise<string[]> {
  const disk = mountSmallDisk(1024);
  try {
    const file = join(disk.path, 'recording');
    const recording = spawn(process.execPath, [program, 'record', file, '-d', '0.2', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    recording.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const exited = once(recording, 'exit');
    const end = atExit(() => recording.kill('SIGKILL'));
    // A recording can be replayed while it is written.
    const live = () => (existsSync(file) ? liveIn(program, file) : undefined);
    await settle(live, { until: (count) => count !== undefined, timeoutSeconds: 60 });
    disk.fill();
    const killed = setTimeout(() => recording.kill('SIGKILL'), 30_000);
    const [code] = await exited;
    clearTimeout(killed);
    end();
    const wrong = code === 1 ? [] : [`a recording on a full disk ended with code ${code}, not 1: ${said}`];
    if (!/the disk is full/.test(said)) wrong.push(`a recording on a full disk says: ${JSON.stringify(said)}`);
    disk.empty();
    if (live() === undefined) wrong.push('the recording that was cut off has lost its numbers');
    return wrong;
  } finally {
    disk.remove();
  }
}

/** The live cgroups in the last report of a recording; undefined while there is none. */
function liveIn(program: string, file: string): number | undefined {
  const { status, stdout } = spawnSync(process.execPath, [program, 'replay', file, '--once', '--json'], {
    encoding: 'utf8',
  });
  const live: unknown = status === 0 ? JSON.parse(stdout).memcg.live : undefined;
  return typeof live === 'number' ? live : undefined;
}
