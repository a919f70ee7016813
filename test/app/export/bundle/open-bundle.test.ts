import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { afterAll, expect, test } from 'vitest';
import { openBundle } from '../../../../src/app/export/bundle/open-bundle.ts';
import { type BundleContents, packBundle } from '../../../../src/app/export/bundle/pack-bundle.ts';
import { isMissing } from '../../../../src/core/missing.ts';
import { makeFolder } from '../../../support/cleanup.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'open-bundle');
afterAll(remove);

const RECORDING = readFileSync(new URL('../../../fixtures/recordings/version-1.slabrec', import.meta.url));

const CONTENTS: BundleContents = {
  folder: 'slabtop-k8s-node-7',
  manifest: {
    schema: 'slabtop-k8s-bundle/1',
    tool: { version: '1.0.0' },
    createdAt: '2026-11-23T14:03:22.000Z',
    moment: '2026-11-23T14:03:20.000Z',
    origin: 'live',
    node: { name: 'node-7', kernel: '4.4.155' },
    redacted: [],
  },
  files: [
    { path: 'snapshot.json', format: 'slabtop-k8s/1', about: 'numbers', bytes: Buffer.from('{}') },
    { path: 'recording.slabrec', format: 'slabtop-k8s recording 1', about: 'what was read', bytes: RECORDING },
  ],
  folders: ['raw/var/log/pods/a_b_c'],
};

let count = 0;
function fileOf(bytes: Uint8Array): string {
  count += 1;
  const path = join(folder, `${count}.tar.gz`);
  writeFileSync(path, bytes);
  return path;
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const opened = await openBundle(fileOf(bytes));
  return isMissing(opened) ? `${opened.unavailable}: ${opened.detail}` : 'opened';
}

interface Entry {
  readonly name: string;
  readonly type?: 'symlink' | 'link' | 'fifo';
  readonly linkname?: string;
}

/** An archive with one entry before the bundle's own. */
async function archiveWith(header: Entry): Promise<Uint8Array> {
  const tar = pack();
  if (header.type === undefined) tar.entry(header, 'x');
  else tar.entry(header);
  tar.entry({ name: 'b/manifest.json' }, '{}');
  tar.finalize();
  return gzipSync(await buffer(tar));
}

test('what was packed is opened', async () => {
  const opened = await openBundle(fileOf(await packBundle(CONTENTS)));
  if (isMissing(opened)) throw new Error(opened.detail);
  expect(opened.manifest.node).toEqual({ name: 'node-7', kernel: '4.4.155' });
  expect(opened.manifest.entries.map(({ path }) => path)).toEqual(['snapshot.json', 'recording.slabrec']);
  expect(opened.recording.blocks().length).toBeGreaterThan(0);
  expect(opened.document).toBe('{}');
});

test.each([
  [{ name: '../../etc/cron.d/x' }, /an entry is named "\.\.\/\.\.\/etc\/cron\.d\/x"/],
  [{ name: 'b/../../x' }, /an entry is named/],
  [{ name: '/etc/passwd' }, /an entry is named "\/etc\/passwd"/],
  [{ name: 'b/a\u001b[2J' }, /an entry is named "b\/a\?\[2J"/],
  [{ name: 'b/link', type: 'symlink', linkname: '/etc/passwd' }, /"b\/link" in it is a symlink/],
  [{ name: 'b/hard', type: 'link', linkname: 'b/manifest.json' }, /is a link/],
  [{ name: 'b/fifo', type: 'fifo' }, /is a fifo/],
] satisfies [Entry, RegExp][])('an archive with %j is refused', async (header, message) => {
  const said = await refusal(await archiveWith(header));
  expect(said).toMatch(/^malformed: .* is not a bundle: /);
  expect(said).toMatch(message);
});

test('a bundle of a later version is named as such', async () => {
  const later = { ...CONTENTS, manifest: { ...CONTENTS.manifest, schema: 'slabtop-k8s-bundle/7' } };
  expect(await refusal(await packBundle(later))).toMatch(
    /^unsupported: .* a bundle of version 7; this program reads 1$/,
  );
});

test('any other archive is none', async () => {
  const tar = pack();
  tar.entry({ name: 'some/file' }, 'text');
  tar.finalize();
  expect(await refusal(gzipSync(await buffer(tar)))).toMatch(/it has no manifest.json/);
  expect(await refusal(gzipSync('hello'.repeat(1000)))).toMatch(/^malformed: /);
  expect(await refusal(gzipSync(''))).toMatch(/^malformed: /);
});

test('a recording that is not the one of the manifest is refused', async () => {
  const tar = pack();
  const other = {
    ...CONTENTS.manifest,
    entries: [{ path: 'recording.slabrec', format: '', about: '', bytes: 1, sha256: '0'.repeat(64) }],
  };
  tar.entry({ name: 'b/manifest.json' }, JSON.stringify(other));
  tar.entry({ name: 'b/recording.slabrec' }, RECORDING);
  tar.finalize();
  expect(await refusal(gzipSync(await buffer(tar)))).toMatch(
    /recording\.slabrec was changed after the bundle was made/,
  );
});

test('cut anywhere it is refused in words, and nothing is thrown', async () => {
  const whole = await packBundle(CONTENTS);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      expect(await refusal(whole.subarray(0, length))).toMatch(/^malformed: .*(cut short or damaged|no gzip file)/);
    }),
    { numRuns: 60 },
  );
});

test('with any byte changed it is refused or opened, and nothing is thrown', async () => {
  const whole = await packBundle(CONTENTS);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, by) => {
        const bent = Uint8Array.from(whole);
        bent[at] = (bent[at] ?? 0) ^ by;
        expect(await refusal(bent)).toMatch(/^(opened|malformed: |unsupported: )/);
      },
    ),
    { numRuns: 60 },
  );
});

test('a path that is not there says so', async () => {
  expect(await openBundle(join(folder, 'nowhere'))).toMatchObject({ unavailable: 'absent' });
  expect(await openBundle(folder)).toMatchObject({ unavailable: 'malformed' });
});

test('a small archive that unpacks to anything is refused before it has, and a FIFO is not waited for', async () => {
  const tar = pack();
  tar.entry({ name: 'b/manifest.json' }, Buffer.alloc(64 * 1024 * 1024));
  tar.finalize();
  expect(await refusal(gzipSync(await buffer(tar)))).toContain('unpacks to more than any bundle');
  // A header of attributes is kept in memory by whoever unpacks it.
  const attributes = pack();
  attributes.entry({ name: 'b/x', pax: { comment: 'x'.repeat(64 * 1024 * 1024) } }, 'x');
  attributes.finalize();
  expect(await refusal(gzipSync(await buffer(attributes)))).toContain('Header exceeds max size');
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  expect(await openBundle(join(folder, 'fifo'))).toMatchObject({
    detail: expect.stringContaining('not a regular file'),
  });
});
