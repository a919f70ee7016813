import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { bytesOfPath, nameOfBytes } from '../../src/host/file-name.ts';
import { openLiveHost } from '../../src/host/live-host.ts';
import { walkSampler } from '../../src/samplers/walk.ts';
import { makeFolder } from '../support/cleanup.ts';

const folder = makeFolder(tmpdir(), 'file-name');
afterAll(folder.remove);

test('any bytes come back as they were, and UTF-8 stays readable', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
      const name = nameOfBytes(Buffer.from(bytes));
      expect(Buffer.from(bytesOfPath(name))).toEqual(Buffer.from(bytes));
    }),
  );
  for (const name of ['kubepods', 'é-ü.slice', '\ufffd', '\uef90x', '🦀']) {
    expect(Buffer.from(bytesOfPath(nameOfBytes(Buffer.from(name)))).toString()).toBe(name);
  }
  expect(nameOfBytes(Buffer.from('é-ü.slice 🦀'))).toBe('é-ü.slice 🦀');
});

test('a folder whose name is no UTF-8 is a live cgroup with all that is below it', () => {
  const strange = Buffer.concat([Buffer.from(`${folder.path}/memory/`), Buffer.from([0xff, 0xfe])]);
  mkdirSync(join(folder.path, 'memory/plain'), { recursive: true });
  mkdirSync(strange);
  for (const child of ['one', 'two', 'three']) {
    mkdirSync(Buffer.concat([strange, Buffer.from(`/${child}`)]));
    writeFileSync(Buffer.concat([strange, Buffer.from(`/${child}/memory.usage_in_bytes`)]), '4096\n');
  }
  const { rows, unlisted } = walkSampler.sample(openLiveHost(folder.path), {
    memory: { version: 'v1', path: '/memory' },
  });
  expect(unlisted).toBe(0);
  expect(rows).toHaveLength(6);
  expect(rows.filter(({ usageBytes }) => usageBytes === 4096)).toHaveLength(3);
});
