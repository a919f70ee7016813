import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHost } from '../../src/host/open-host.ts';
import { makeFolder } from '../support/cleanup.ts';

const folder = makeFolder(tmpdir(), 'build-info');
afterAll(folder.remove);

const noGo = spawnSync('go', ['version']).error !== undefined ? 'no go on PATH (Debian package golang-go)' : undefined;
if (noGo !== undefined) console.log(`skipped, build information of a real Go program: ${noGo}`);

const ask = (path: string) => openHost(folder.path).buildInfo(path);

describe.skipIf(noGo !== undefined)('a Go program that was told its release', () => {
  let program: Buffer;
  beforeAll(() => {
    writeFileSync(
      join(folder.path, 'host.json'),
      JSON.stringify({ fixture: 'slabtop-k8s/1', origin: 'made by a test' }),
    );
    writeFileSync(join(folder.path, 'go.mod'), 'module k8s.io/kubernetes\n');
    writeFileSync(join(folder.path, 'main.go'), 'package main\nfunc main() {}\n');
    const flags = '-X k8s.io/component-base/version.gitVersion=v1.26.15';
    const environment = { ...process.env, GOFLAGS: '-mod=mod', GOCACHE: join(folder.path, 'cache'), CGO_ENABLED: '0' };
    execFileSync('go', ['build', '-buildvcs=false', '-ldflags', flags, '-o', 'kubelet', '.'], {
      cwd: folder.path,
      env: environment,
    });
    program = readFileSync(join(folder.path, 'kubelet'));
  }, 180_000);

  test('says it, by a link too', () => {
    mkdirSync(join(folder.path, 'proc/1342'), { recursive: true });
    symlinkSync('/kubelet', join(folder.path, 'proc/1342/exe'));
    const { text } = { text: '', ...ask('/proc/1342/exe') };
    expect(text).toMatch(/^go\tgo1\.\d+/);
    expect(text).toContain('mod\tk8s.io/kubernetes\t(devel)');
    expect(text).toContain('version.gitVersion=v1.26.15');
    expect(text).not.toContain('dep\t');
  });

  test('torn or damaged anywhere it throws nothing, and reads no more than it may', () => {
    const [header, table] = [64, program.length - 4096];
    fc.assert(
      fc.property(fc.nat(header - 1), fc.nat(255), fc.integer({ min: 0, max: table }), (at, byte, length) => {
        const damaged = Buffer.from(program.subarray(0, length));
        if (at < damaged.length) damaged[at] = byte;
        writeFileSync(join(folder.path, 'damaged'), damaged);
        const answer = ask('/damaged');
        expect('errno' in answer ? answer.errno : answer.text).not.toBe('');
      }),
      { numRuns: 30 },
    );
  });
});

test('what is no Go program says so, and what is not there too', () => {
  writeFileSync(join(folder.path, 'host.json'), JSON.stringify({ fixture: 'slabtop-k8s/1', origin: 'made by a test' }));
  writeFileSync(join(folder.path, 'script'), '#!/bin/sh\n');
  expect(ask('/script')).toMatchObject({ errno: 'ENODATA' });
  expect(ask('/nothing')).toMatchObject({ errno: 'ENOENT' });
});
