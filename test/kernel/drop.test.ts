import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';
import { PROGRAM } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { makeDentries, whyNoRealKernel } from '../support/real-kernel.ts';

const why = whyNoRealKernel();
if (why !== undefined) console.log(`skipped, a real drop: ${why}`);
const onKernel = test.skipIf(why !== undefined);

const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const each of undo.splice(0).toReversed()) each();
});

const MIB: Readonly<Record<string, number>> = { KiB: 1 / 1024, MiB: 1, GiB: 1024 };

/** The headline of the slab box, in MiB. */
function slabMib(screen: readonly string[]): number {
  const headline = screen.find((line) => line.includes(' slab '));
  const found = /([\d.]+) (KiB|MiB|GiB) ─?─? *(?:─┐|┐)/.exec(headline ?? '');
  if (found === null) throw new Error(`no slab in ${headline}`);
  return Number(found[1]) * (MIB[found[2] ?? ''] ?? Number.NaN);
}

function live(...args: string[]): Pty {
  const pty = openPty({ command: process.execPath, args: [PROGRAM, '-d', '0.5', ...args] });
  undo.push(() => pty.close());
  return pty;
}

onKernel('D with the typed word drops: slab shrinks, and the event and the numbers show it', async () => {
  const made = makeDentries(200_000);
  undo.push(() => made.release());
  const pty = live();
  const before = slabMib(await pty.waitFor((screen) => screen.some((line) => / slab .* MiB|GiB/.test(line))));
  pty.type('D');
  await pty.waitFor('[ Cancel ]');
  pty.type('\r');
  await pty.waitFor((screen) => !screen.join().includes('[ Cancel ]'));
  expect(slabMib(pty.screen())).toBeGreaterThan(before * 0.8);
  pty.type('D');
  await pty.waitFor('[ Cancel ]');
  pty.type('\x1b[Z');
  pty.type('drop');
  await pty.waitFor('Type drop to confirm: drop');
  pty.type('\r');
  pty.type('\r');
  await pty.waitFor((screen) => screen.join().match(/after/i) !== null);
  pty.type('\x1b');
  const after = await pty.waitFor(
    (screen) => screen.some((line) => /drop_caches=[123]/.test(line)) && slabMib(screen) < before * 0.8,
    40_000,
  );
  expect(slabMib(after)).toBeLessThan(before * 0.8);
  pty.type('7');
  await pty.waitFor((screen) => screen.some((line) => /drop_caches=[123].*by slabtop-k8s/.test(line)));
  pty.type('q');
  expect((await pty.exited).code).toBe(0);
});

onKernel('--read-only refuses', async () => {
  const pty = live('--read-only');
  await pty.waitFor('SLOWEST READ');
  pty.type('D');
  await pty.waitFor('started with --read-only');
  pty.type('\x1b');
  pty.type('q');
  await pty.exited;
});

onKernel('a second instance on the node does not probe a second time, and says who does', async () => {
  const { path: folder, remove } = makeFolder(tmpdir(), 'lock');
  undo.push(remove);
  const lock = { SLABTOP_K8S_LOCK_FILE: join(folder, 'lock') };
  const start = () => {
    const pty = openPty({ command: process.execPath, args: [PROGRAM, '-d', '0.5'], env: lock });
    undo.push(() => pty.close());
    return pty;
  };
  const first = start();
  await first.waitFor('SLOWEST READ');
  await first.waitFor((screen) => screen.some((line) => /root \d/.test(line)));
  const second = start();
  await second.waitFor((screen) => screen.some((line) => /process \d+ probes here/.test(line)));
  first.type('q');
  await first.exited;
  await second.waitFor((screen) => !screen.some((line) => /process \d+ probes here/.test(line)));
  second.type('q');
  await second.exited;
});
