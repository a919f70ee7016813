import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';
import { fixedCapture } from '../support/fixed-capture.ts';
import { runProgram } from '../support/program.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'diff');
afterAll(remove);

const INCIDENT = join(folder, 'incident.json');
const AFTER = join(folder, 'after.tar.gz');
const RECORDED = join(folder, 'healthy.slabrec');

async function made(...args: string[]): Promise<void> {
  const { code, stderr } = await runProgram(args);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  const incident = fixedCapture('incident', '2026-11-23T14:00:00Z');
  const after = fixedCapture('after-drop', '2026-11-23T14:10:00Z');
  const healthy = fixedCapture('healthy', '2026-11-23T13:00:00Z');
  await made('snapshot', '--format', 'json', '-o', INCIDENT, '--host-root', incident);
  await made('snapshot', '--format', 'bundle', '-o', AFTER, '--host-root', after);
  await made('--once', '--record', RECORDED, '--host-root', healthy);
});

describe('a snapshot and a bundle', () => {
  test('as text: what changed, by how much, and what it means', async () => {
    const { code, stdout } = await runProgram(['diff', INCIDENT, AFTER]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/B is 10 min after A\./);
    expect(stdout).toMatch(/The verdict went from CRITICAL to OK\./);
    expect(stdout).toMatch(
      /The dying cgroups went, and the reads are quick again: .*19,896 → 2, root read 3\.66 s → 39 ms/,
    );
    expect(stdout).toMatch(/Between them caches were dropped: dentries and inodes once\./);
    expect(stdout).toMatch(/cleared \(critical → ok\)/);
    expect(stdout).toMatch(/dying +19,896 +2 +-19,894 \(-100\.0 %\) +better +those that were removed/);
    expect(stdout).toMatch(/\/kubepods\/burstable +624 MiB +0 B +-624 MiB/);
    expect(stdout).not.toMatch(/undefined|NaN|\[object|null/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(160);
  });

  test('as JSON: the numbers', async () => {
    const { stdout } = await runProgram(['diff', INCIDENT, AFTER, '--format', 'json']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: 'slabtop-k8s-diff/1', sameNode: true, secondsBetween: 600 });
    const [dying] = document.values;
    expect(dying).toMatchObject({
      field: 'memcg.dying',
      before: 19_896,
      after: 2,
      change: -19_894,
      tendency: 'better',
    });
    expect(document.findings).toContainEqual(expect.objectContaining({ id: 'slow-memory-stat', change: 'cleared' }));
  });

  test('as Markdown: tables, and the other way round it is worse', async () => {
    const { stdout } = await runProgram(['diff', AFTER, INCIDENT, '--format', 'md']);
    expect(stdout).toMatch(/^# OK → CRITICAL/);
    expect(stdout).toMatch(/\| dying \| 2 \| 19,896 \| \+19,894 \(\+994700\.?0? %\) \| worse \|/);
    expect(stdout).toMatch(/- B is 10 min before A\./);
  });
});

test('a moment of a recording, and a moment of the recording in a bundle', async () => {
  const { code, stdout, stderr } = await runProgram(['diff', `${RECORDED}@-0s`, `${AFTER}@-0s`, '--format', 'json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const document = JSON.parse(stdout);
  expect(document.a).toMatchObject({ node: 'node-sick', overall: 'ok' });
  expect(document.secondsBetween).toBe(4200);
});

test('what does not match in node or version is said, and the rest compared', async () => {
  const other = JSON.parse(readFileSync(INCIDENT, 'utf8'));
  other.host.name = 'node-other';
  other.host.kernel = '5.10.0-28-amd64';
  other.tool.version = '9.9.9';
  other.schema = 'slabtop-k8s/7';
  other.memcg.dying = 'many';
  other.findings = [{ id: 'of-a-later-version' }];
  const path = join(folder, 'other.json');
  writeFileSync(path, JSON.stringify(other));
  const { code, stdout } = await runProgram(['diff', INCIDENT, path]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/These are two nodes, node-sick and node-other/);
  expect(stdout).toMatch(/The kernels differ, 4\.4\.155 and 5\.10\.0-28-amd64/);
  expect(stdout).toMatch(/written by different versions of this tool, .* and 9\.9\.9/);
  expect(stdout).toMatch(/B has the form slabtop-k8s\/7 of a later version/);
  expect(stdout).toMatch(/values are the same/);
});

test.each([
  ['hello', /is not a recording of slabtop-k8s/],
  ['{"a": 1}', /it is JSON, but no document of slabtop-k8s/],
  ['{ torn', /it is not JSON/],
])('%j is refused in one line', async (text, message) => {
  const path = join(folder, 'bad');
  writeFileSync(path, text);
  const { code, stdout, stderr } = await runProgram(['diff', path, INCIDENT]);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect([code, stdout]).toEqual([1, '']);
});

test.each([
  [['nowhere.json', INCIDENT], 1, /nowhere\.json/],
  [[`${INCIDENT}@14:00`, INCIDENT], 2, /a JSON document has one moment/],
  [[`${RECORDED}@soon`, INCIDENT], 2, /"soon" is no time/],
  [[INCIDENT], 2, /diff takes <b>; see slabtop-k8s diff --help/],
  [[INCIDENT, INCIDENT, '--format', 'svg'], 2, /--format svg: one of text, md, json/],
])('wrong usage %#', async (args, wanted, message) => {
  const { code, stderr } = await runProgram(['diff', ...args]);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(wanted);
});
