import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import type { Terminal } from '@xterm/headless';
import { killIfSame, type ProcessUsage, readTree } from './process-tree.ts';

// The package is CommonJS in a form in which Node finds no named exports.
const headless: typeof import('@xterm/headless') = createRequire(import.meta.url)('@xterm/headless');

/** A program to be measured. */
export interface Program {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Whether the screen shows the first frame with its values. */
  readonly shown: (screen: string) => boolean;
  /** Whether it shows the values that take longer, too; left out where it has none. */
  readonly fullyShown?: (screen: string) => boolean;
}

/** A program running in a pseudo-terminal of 160 by 45. */
export interface Session {
  readonly startedMs: number;
  /** Bytes written to the terminal until now. */
  bytes(): number;
  tree(): ProcessUsage[];
  press(key: string): void;
  /** Resolves with `performance.now()` of the moment at which the screen is as wanted; rejects after a minute. */
  until(wanted: (screen: string) => boolean): Promise<number>;
  /** Ends the program and everything below it. */
  end(): Promise<void>;
}

const COLUMNS = 160;
const ROWS = 45;

/** Starts a program with a clean environment, in which a mark tells whose its processes are. */
export function startSession({ argv: [command, ...args], env, name }: Program): Session {
  const mark = `BENCH_MARK=${randomUUID()}`;
  const { PATH = '', HOME = '' } = process.env;
  const base = { PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', BENCH_MARK: mark.slice('BENCH_MARK='.length) };
  const startedMs = performance.now();
  const child = spawn(command, args, { cols: COLUMNS, rows: ROWS, encoding: null, env: { ...base, ...env } });
  const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const watchers = new Set<() => void>();
  let bytes = 0;
  let ended = false;
  child.onExit(() => {
    ended = true;
  });
  onBytes(child, (data) => {
    bytes += data.length;
    terminal.write(data, () => {
      for (const look of [...watchers]) look();
    });
  });
  const tree = () => readTree(child.pid, mark);

  return {
    startedMs,
    bytes: () => bytes,
    tree,
    press: (key) => child.write(key),
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        const look = () => {
          if (!wanted(screenOf(terminal))) return;
          stop();
          resolve(performance.now());
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`${name} did not show what was waited for:\n${screenOf(terminal)}`));
        }, 60_000);
        watchers.add(look);
        look();
      }),
    async end() {
      const before = tree();
      if (!ended) child.kill('SIGTERM');
      for (let attempt = 0; attempt < 40 && !ended; attempt += 1) await sleep(50);
      // Those that were detached may end a little later by themselves; with their parent gone only some have the mark.
      await sleep(100);
      for (const one of [...before, ...tree()]) killIfSame(one);
      terminal.dispose();
    },
  };
}

function screenOf(terminal: Terminal): string {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: ROWS }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true));
  return lines.join('\n');
}

/** With no encoding asked for the package hands out bytes; its types know text only. */
function onBytes(child: IPty, take: (data: Buffer) => void): void {
  child.onData((data: unknown) => take(Buffer.isBuffer(data) ? data : Buffer.from(String(data))));
}
