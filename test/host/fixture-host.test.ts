import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openFixtureHost } from '../../src/host/fixture-host.ts';
import type { Host } from '../../src/host/host.ts';
import { makeFolder } from '../support/cleanup.ts';
import { leavesOf } from '../support/leaves.ts';
import { nonsense } from '../support/nonsense.ts';

const folder = makeFolder(tmpdir(), 'fixture');
afterAll(folder.remove);
mkdirSync(join(folder.path, 'proc'));
writeFileSync(join(folder.path, 'proc/meminfo'), 'MemTotal: 1 kB\n');

const DECLARED = {
  fixture: 'slabtop-k8s/1',
  origin: 'written by hand',
  at: '2026-11-23T14:03:22Z',
  reads: { '/proc/meminfo': { wallSeconds: 9, cpuSeconds: 8 } },
  errors: { '/proc/slabinfo': 'EACCES' },
};

/** The host, or what the person who named the folder is told. */
function opened(text: string): Host | string {
  writeFileSync(join(folder.path, 'host.json'), text);
  try {
    return openFixtureHost(folder.path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

test('what host.json declares is answered', () => {
  const host = opened(JSON.stringify(DECLARED));
  if (typeof host === 'string') throw new Error(host);
  expect(host.clock.now()).toBe(Date.parse(DECLARED.at));
  expect(host.read('/proc/slabinfo')).toMatchObject({ errno: 'EACCES' });
  expect(host.timed('/proc/meminfo')).toMatchObject({
    text: 'MemTotal: 1 kB\n',
    cost: { wallSeconds: 9, cpuSeconds: 8, systemSeconds: { unavailable: 'unsupported' } },
  });
  expect(host.read('/proc/vmstat')).toMatchObject({ errno: 'ENOENT' });
});

test('a host that plays spends its read times, and follows its host.json', () => {
  const slow = { ...DECLARED, plays: 'slept', reads: { '/proc/meminfo': { wallSeconds: 0.2, cpuSeconds: 0.1 } } };
  const host = opened(JSON.stringify(slow));
  if (typeof host === 'string') throw new Error(host);
  expect(host.origin).toMatchObject({ kind: 'fixture', plays: true });
  const spent = () => {
    const startedMs = performance.now();
    const { cost } = host.timed('/proc/meminfo');
    return { seconds: (performance.now() - startedMs) / 1000, cost };
  };
  expect(spent().seconds).toBeGreaterThanOrEqual(0.199);
  writeFileSync(join(folder.path, 'host.json'), JSON.stringify({ ...slow, reads: {}, errors: { '/proc/x': 'EIO' } }));
  host.atTick(1);
  expect(host.read('/proc/x')).toMatchObject({ errno: 'EIO' });
  // Nothing is declared any more: what it takes is measured.
  expect(spent().cost?.wallSeconds).toBeTypeOf('number');
});

test('whatever stands in host.json: a host with a clock, or one line that names the file', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('yesterday', '2026-13-45T99:00', '+275760-09-14', '\u001b]0;owned\u0007', 1e300),
    fc.constant({ '/proc/meminfo': { wallSeconds: '\u009b31m' } }),
  );
  const changed = fc
    .dictionary(fc.constantFrom(...Object.keys(DECLARED)), value)
    .map((changes) => JSON.stringify({ ...DECLARED, ...changes }));
  const huge = fc.constant(JSON.stringify(DECLARED).replace('9', '1e999'));
  fc.assert(
    fc.property(fc.oneof(nonsense(JSON.stringify(DECLARED)), fc.json(), changed, huge), (text) => {
      const host = opened(text);
      if (typeof host === 'string') {
        expect(host).toContain(join(folder.path, 'host.json'));
        expect(host).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        return;
      }
      // The document writes it as a date.
      expect(new Date(host.clock.now()).toISOString()).toMatch(/Z$/);
      expect(Number.isFinite(host.clock.monotonic())).toBe(true);
      for (const { value: cost } of leavesOf(host.timed('/proc/meminfo'))) {
        if (typeof cost === 'number') expect(Number.isFinite(cost)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
