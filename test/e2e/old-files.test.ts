import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { jsonOf, runProgram } from '../support/program.ts';

/* A recording and a bundle made by version 1.0.0 stay readable, whatever is moved or named anew since. */

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/recordings/${name}`, import.meta.url));
const RECORDING = fixture('program-1.0.0.slabrec');
const BUNDLE = fixture('program-1.0.0.tar.gz');

test.each([RECORDING, BUNDLE])('%s replays with what was read', async (path) => {
  const document = await jsonOf(['replay', path, '--once']);
  expect(document).toMatchObject({
    schema: 'slabtop-k8s/1',
    memcg: { total: 20_082, live: 18, dying: 20_064 },
  });
  expect(document.findings).toContainEqual(expect.objectContaining({ id: 'slow-memory-stat', severity: 'critical' }));
  expect(document.reads).toContainEqual(
    expect.objectContaining({ path: '/', file: 'memory.stat', wallSeconds: 3.6632 }),
  );
});

test('this program finds the same in the recording as the old one wrote into the document of the bundle', async () => {
  const { code, stdout, stderr } = await runProgram(['diff', RECORDING, BUNDLE, '--format', 'json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ schema: 'slabtop-k8s-diff/1', sameNode: true });
  expect(document).toMatchObject({ findings: [], held: [], reads: [] });
  // What was added to the document since, the old one cannot have.
  const changed = document.values.filter(({ after }: { after: unknown }) => !isMissing(after));
  expect(changed).toEqual([]);
  expect(document.sameValues).toBeGreaterThan(15);
});
