import { beforeAll, expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { documentFields } from '../../src/exports/document-fields.ts';
import { encodeJson, encodeProfileJson, encodeTraceJson, printJson } from '../../src/exports/json.ts';
import { encodeMarkdown } from '../../src/exports/markdown.ts';
import type { Report } from '../../src/exports/report.ts';
import { printPlain } from '../../src/exports/styled-text.ts';
import { profileLines } from '../../src/exports/text/profile.ts';
import { traceLines } from '../../src/exports/text/trace.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { deriveProfiled, type Profiled } from '../../src/profile/profiled.ts';
import { capturedTrace } from '../support/captured-trace.ts';
import { leavesOf } from '../support/leaves.ts';
import { capturedProfile, madeProfile } from '../support/profiles.ts';
import { observedMoment } from '../support/screen-state.ts';

let report: Report;
let profile: Profiled;

beforeAll(() => {
  profile = profiledOf(capturedProfile());
  const { model, history } = observedMoment('incident');
  const diagnosis = diagnose(model, history, DEFAULT_THRESHOLDS);
  report = { model, diagnosis, profile, trace: capturedTrace(), toolVersion: '1.0.0' };
});

function profiledOf(bytes: Uint8Array): Profiled {
  const profiled = deriveProfiled(bytes, 'kubelet.pb.gz');
  if (isMissing(profiled)) throw new Error(profiled.detail);
  return profiled;
}

test('the text of a profile and of a trace', async () => {
  await expect(printPlain(profileLines(profile, { columns: 100, most: 20 }))).toMatchFileSnapshot('golden/profile.txt');
  await expect(printPlain(traceLines(capturedTrace(), { columns: 100, most: 20 }))).toMatchFileSnapshot(
    'golden/trace.txt',
  );
});

test('no line is wider than asked for', () => {
  for (const columns of [60, 80, 200]) {
    const lines = [
      ...profileLines(profile, { columns, most: 300 }),
      ...traceLines(capturedTrace(), { columns, most: 99 }),
    ];
    for (const line of printPlain(lines).split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

test('they are sections of the report in Markdown, with the tables that prove them', () => {
  const page = encodeMarkdown(report);
  expect(page).toMatch(
    /## Profile\n\n\*\*57 % of samples are in cAdvisor housekeeping, 32 % in memory cgroup statistics/,
  );
  expect(page).toMatch(/\| 140 ms \| 29\.8 % \| 29\.8 % \| 140 ms \| 29\.8 % \| .*Syscall6.* \|/);
  expect(page).toMatch(/## System calls\n\nstrace of process 6996/);
  expect(page).toMatch(/\| 43\.0 % \| 1\.693703 \| 1160 \| 1,459 \| 317 \| .*futex.* \|/);
  const { profile: _, trace: __, ...without } = report;
  expect(encodeMarkdown(without)).not.toMatch(/## Profile|## System calls/);
});

test('every value in the document has a field, and the numbers are those of the text', () => {
  const document: ReturnType<typeof JSON.parse> = JSON.parse(printJson(encodeJson(report)));
  const known = new Set(documentFields().map(([id]) => id));
  const captured = [...leavesOf(document.profile, 'profile'), ...leavesOf(document.trace, 'trace')].map(({ id }) => id);
  expect(captured.length).toBeGreaterThan(100);
  expect([...new Set(captured)].filter((id) => !known.has(id))).toEqual([]);
  expect(document.profile.top[0]).toMatchObject({ name: 'runtime/internal/syscall.Syscall6', flatSeconds: 0.14 });
  expect(document.trace.calls).toMatchObject({ threads: 14, waitingPct: expect.closeTo(82.1, 1) });
  expect(JSON.parse(printJson(encodeProfileJson(profile, '1.0.0'))).profile).toEqual(document.profile);
  expect(JSON.parse(printJson(encodeTraceJson(capturedTrace(), '1.0.0'))).trace).toEqual(document.trace);
});

test('names in a profile do nothing to a terminal or to Markdown', () => {
  const evil = 'main.\x1b[2J|`<b>\u202e\nname';
  const hostile = profiledOf(madeProfile([[[evil], 200]], { executable: `/bin/${evil}` }));
  const text = printPlain(profileLines({ ...hostile, origin: evil }, { columns: 100, most: 9 }));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  const page = encodeMarkdown({ ...report, profile: { ...hostile, origin: evil } });
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  // In a code span nothing is obeyed.
  expect(page.replaceAll(/(`+)[^`\n](?:.*?[^`])?\1(?!`)/g, '')).not.toContain('<b>');
});
