import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openFixtureHost } from '../../src/host/fixture-host.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
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

describe('a fixture of somebody else', () => {
  const theirs = makeFolder(tmpdir(), 'theirs');
  const secret = makeFolder(tmpdir(), 'secret');
  afterAll(() => {
    theirs.remove();
    secret.remove();
  });
  const at = (path: string) => join(theirs.path, path);
  mkdirSync(at('proc/42/fd'), { recursive: true });
  mkdirSync(at('sys'));
  mkdirSync(join(secret.path, 'fd'));
  writeFileSync(join(secret.path, 'shadow'), 'root:hunter2\n');
  writeFileSync(join(secret.path, 'host.json'), JSON.stringify(DECLARED));
  symlinkSync(join(secret.path, 'shadow'), at('proc/meminfo'));
  symlinkSync(`../../../../../..${secret.path}/shadow`, at('proc/vmstat'));
  symlinkSync(secret.path, at('proc/43'));
  symlinkSync(secret.path, at('sys/fs'));
  symlinkSync(join(secret.path, 'shadow'), at('proc/42/exe'));
  execFileSync('mkfifo', [at('proc/slabinfo')]);
  symlinkSync('/dev/zero', at('proc/stat'));

  function asksOf(host: Host): unknown[] {
    return [
      ...['/proc/meminfo', '/proc/vmstat', '/proc/43/shadow', '/sys/fs/shadow', '/proc/../../shadow'].flatMap(
        (path) => [host.read(path), host.timed(path)],
      ),
      ...['/proc/43', '/sys/fs', '/proc/42/../43'].flatMap((path) => [
        host.list(path),
        host.dirs(path),
        host.links(path),
      ]),
    ];
  }

  test.each(['with host.json', 'without one'])('no path of it leaves its folder, by link or `..` (%s)', (which) => {
    if (which === 'with host.json') writeFileSync(at('host.json'), JSON.stringify({ ...DECLARED, errors: {} }));
    else rmSync(at('host.json'), { force: true });
    const host = openHost(theirs.path);
    expect(host.origin.kind).toBe(which === 'with host.json' ? 'fixture' : 'live');
    expect(JSON.stringify(asksOf(host))).not.toMatch(/hunter2|shadow\\n|"text":"[^"]*shadow/);
    // Where a link leads is asked of the link, and nothing behind it is read.
    expect(host.link('/proc/42/exe')).toMatchObject({ text: join(secret.path, 'shadow') });
  });

  test('a FIFO and a device in it are read neither for ever nor at all', () => {
    writeFileSync(at('host.json'), JSON.stringify({ ...DECLARED, errors: {} }));
    const host = openFixtureHost(theirs.path);
    expect(host.timed('/proc/slabinfo')).toMatchObject({ errno: 'EINVAL' });
    expect(host.read('/proc/stat')).toMatchObject({ errno: 'ENOENT' });
  });

  test('a step that is a link is none, and host.json is no link and is not quoted', () => {
    writeFileSync(at('host.json'), JSON.stringify(DECLARED));
    symlinkSync(secret.path, at('step-1'));
    expect(openFixtureHost(theirs.path).read('/shadow')).toMatchObject({ errno: 'ENOENT' });
    rmSync(at('host.json'));
    symlinkSync(join(secret.path, 'shadow'), at('host.json'));
    expect(() => openFixtureHost(theirs.path)).toThrow('a symbolic link');
    rmSync(at('host.json'));
    for (const text of ['root:hunter2:1:2\n', '"hunter2"', '{"fixture":"hunter2"}', '{"hunter2"}', '[hunter2']) {
      writeFileSync(at('host.json'), text);
      expect(() => openFixtureHost(theirs.path)).toThrow(/host\.json: (?!.*hunter2)/);
    }
    execFileSync('mkfifo', [at('fifo')]);
    rmSync(at('host.json'));
    execFileSync('mkfifo', [at('host.json')]);
    expect(() => openFixtureHost(theirs.path)).toThrow('not a regular file');
  });
});
