import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUNDLE_SCHEMA, parseManifest } from '../../../../src/app/export/bundle/manifest.ts';
import { isMissing } from '../../../../src/core/missing.ts';
import { nonsense } from '../../../support/nonsense.ts';

const MANIFEST = {
  schema: BUNDLE_SCHEMA,
  tool: { version: '1.0.0' },
  createdAt: '2026-11-23T14:03:22.000Z',
  moment: '2026-11-23T14:03:20.000Z',
  origin: 'live',
  node: { name: 'node-7', kernel: { unavailable: 'absent' } },
  redacted: [],
  entries: [{ path: 'snapshot.json', format: 'slabtop-k8s/1', about: 'numbers', bytes: 2, sha256: 'a'.repeat(64) }],
};

test('what a bundle says of itself', () => {
  expect(parseManifest(JSON.stringify(MANIFEST))).toEqual(MANIFEST);
});

test('any text is a manifest, of a later version, or malformed', () => {
  const names = fc.constantFrom(...Object.keys(MANIFEST), 'toString', 'valueOf', '__proto__');
  const changed = fc
    .dictionary(names, fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue())))
    .map((changes) => JSON.stringify({ ...MANIFEST, ...changes }));
  fc.assert(
    fc.property(fc.oneof(nonsense(JSON.stringify(MANIFEST)), fc.json(), changed), (text) => {
      const manifest = parseManifest(text);
      if (isMissing(manifest)) expect(['malformed', 'unsupported']).toContain(manifest.unavailable);
      else expect(manifest.entries).toBeInstanceOf(Array);
    }),
    { numRuns: 500 },
  );
});

test('a version that is no text is malformed', () => {
  for (const schema of ['{"toString":1}', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '1', 'null']) {
    expect(parseManifest(`{"schema":${schema}}`)).toMatchObject({ unavailable: 'malformed' });
  }
});
