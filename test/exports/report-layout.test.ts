import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { encodeMarkdown } from '../../src/exports/markdown.ts';
import type { Report } from '../../src/exports/report.ts';
import { printColoured, printPlain } from '../../src/exports/styled-text.ts';
import { encodeText } from '../../src/exports/text.ts';
import { lineWidth, plain, run } from '../../src/format/styled.ts';
import type { Drop, DropNumbers } from '../../src/model/drop.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { generateHost } from '../support/generated-host.ts';
import { observeFixture } from '../support/observe.ts';

process.env.TZ = 'UTC';

const { model, observer } = observeFixture(captured('incident'), 2);
const report: Report = {
  model,
  diagnosis: diagnose(model, observer.history, DEFAULT_THRESHOLDS),
  toolVersion: '1.0.0',
};

const textOf = (changed: Partial<Model>, columns = 100) =>
  printPlain(encodeText({ ...report, model: { ...model, ...changed } }, { columns }));
const markdownOf = (changed: Partial<Model>) => encodeMarkdown({ ...report, model: { ...model, ...changed } });

const numbers = (dying: number, rootReadSeconds: number): DropNumbers => ({
  at: Date.UTC(2026, 10, 23, 14, 3, 22),
  slabBytes: 913_543_168,
  dentries: 3_083_199,
  dying,
  heldKmemBytes: 654_800_000,
  rootReadSeconds,
  kubeletSystemPct: missing('absent', 'no kubelet'),
});

const DROP: Drop = {
  id: 'drop-1',
  request: { mode: 2, sync: true },
  startedAt: Date.UTC(2026, 10, 23, 14, 3, 22),
  startedMonotonicSeconds: 7,
  doneAt: Date.UTC(2026, 10, 23, 14, 3, 34),
  phase: 'done',
  rehearsal: false,
  writeSeconds: 12.1,
  before: numbers(19_896, 3.66),
  after: numbers(2, 0.006),
  minuteAfter: missing('warming-up'),
};

test.each([40, 61, 80, 120, 200])('no line but a command is wider than %d columns', (columns) => {
  const lines = encodeText(report, { columns });
  const commands = lines.filter((line) => plain(line).startsWith('    # '));
  expect(commands.length).toBeGreaterThan(1);
  for (const line of lines) if (!commands.includes(line)) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
});

test('the verdict is the first line, with its word', () => {
  expect(textOf({})).toMatch(/^ CRITICAL {2}19,896 dying memory cgroups make memory\.stat slow/);
  expect(markdownOf({})).toMatch(/^# CRITICAL: dying memory cgroups on `node-sick`\n/);
});

test('what can be done has its danger before its command, and the command as it is typed', () => {
  expect(textOf({})).toMatch(
    /1\. drop dentries and inodes[^#]*danger: whole node[^#]*# echo 2 > \/proc\/sys\/vm\/drop_caches\n/,
  );
  expect(markdownOf({})).toMatch(/\*\*danger\*\*: whole node[^#]*```sh\necho 2 > \/proc\/sys\/vm\/drop_caches\n```/);
});

test('a read that has not come back is told with its time so far', () => {
  const since = { at: model.instant.at - 9000, monotonicSeconds: model.instant.monotonicSeconds - 9 };
  const probes = {
    ...model.probes,
    inFlight: { topic: 'statReads' as const, what: 'memory.stat of /', path: '/', file: 'memory.stat', since },
  };
  expect(textOf({ probes })).toContain('being read for 9 s already: memory.stat of /');
});

test('why a value is missing stands in both', () => {
  for (const text of [textOf({}), markdownOf({})]) {
    expect(text).toContain('absent: /etc/os-release: ENOENT');
    expect(text).toContain('absent: no kubelet runs here');
  }
});

test('a drop has its numbers before, after and a minute after', () => {
  const text = textOf({ drops: [DROP], events: [{ kind: 'drop', dropId: 'drop-1', ...model.instant }] });
  expect(text).toContain('sync, drop_caches=2 at 14:03:22');
  expect(text).toMatch(/dying memory cgroups +19,896 +2 +not yet/);
  expect(text).toMatch(/root memory\.stat read +3\.66 s +6\.0 ms +not yet/);
  const markdown = markdownOf({ drops: [{ ...DROP, rehearsal: true }] });
  expect(markdown).toContain('## Rehearsal of sync, drop\\_caches=2 at 2026-11-23T14:03:22+00:00');
  expect(markdown).toContain('| dying memory cgroups | 19,896 | 2 | not yet |');
});

test('a kubelet is told with its threads', () => {
  const host = generateHost({ live: 30, kubelet: { pid: 1342, threads: 3 } });
  const { model: withKubelet } = observeFixture(host.root, 2);
  host.remove();
  expect(textOf(withKubelet)).toMatch(/kubelet .*of one core: user .*3 threads; pid 1342/);
  expect(textOf(withKubelet)).toMatch(/THREAD +NAME +STATE +CPU/);
  expect(markdownOf(withKubelet)).toContain("## kubelet's busiest threads");
});

test('hostile names break neither a terminal nor a table', () => {
  const name = 'x|y`\u001b[2J\n# z\u202e<b>@root';
  const hostile: Partial<Model> = {
    host: { ...model.host, name },
    reads: model.reads.map((read) => ({ ...read, path: `/${name}`, pod: name })),
    processes: [{ pid: 1, comm: name, cpuPct: 1, userPct: 1, systemPct: 0, threads: 1, rssBytes: 1 }],
  };
  const text = textOf(hostile);
  const markdown = markdownOf(hostile);
  for (const each of [text, markdown]) expect(each).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(markdown).not.toMatch(/^# z/m);
  const rows = markdown.split('\n').filter((line) => line.startsWith('| ') && line.includes('x\\|y'));
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) expect(row).toContain('``');
});

test('the screen stands in a block that nothing in it ends', () => {
  const markdown = encodeMarkdown(report, [[run('```'), run(' Overview  ', { inverse: true })], [run('# x')]]);
  expect(markdown).toContain('## Screen\n\n````text\n``` Overview\n# x\n````');
});

test('colours are codes around the same text, and only where asked for', () => {
  const lines = encodeText(report, { columns: 100 });
  const coloured = printColoured(lines);
  expect(coloured).toContain('\u001b[1;7;31m CRITICAL \u001b[0m');
  const bare = coloured.replace(/\u001b\[[\d;]*m/g, '').replace(/ +$/gm, '');
  expect(bare).toBe(printPlain(lines));
  expect(printPlain(lines)).not.toContain('\u001b');
});
