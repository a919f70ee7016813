import { expect, test } from 'vitest';
import { knownOr } from '../../../src/core/missing.ts';
import { History } from '../../../src/model/history.ts';
import type { HeldFileModel, KubeletModel, Model, ReadModel } from '../../../src/model/model.ts';
import { all, aNode, aRead, findingOf, MISSING, textOf, withKubelet, withReads } from '../a-node.ts';

const USAGE = aRead(0, { file: 'memory.usage_in_bytes' });

/** A node whose cgroups below kubepods are those that were timed. */
const allTimed = (model: Model): Model => ({
  ...model,
  reads: model.reads.some(({ file }) => file === USAGE.file) ? model.reads : [...model.reads, USAGE],
  memcg: {
    ...model.memcg,
    cgroups: knownOr(model.memcg.cgroups, []).filter(({ path }) => model.reads.some((read) => read.path === path)),
  },
});

const made = (kubelet: Partial<KubeletModel>, ...reads: readonly ReadModel[]) =>
  aNode(all(withKubelet(kubelet), withReads(...reads)));

const node = (kubelet: Partial<KubeletModel>, ...reads: readonly ReadModel[]) =>
  findingOf('kubelet-attribution', allTimed(made(kubelet, ...reads)));

const held = (file: string, more: Partial<HeldFileModel>): HeldFileModel => ({
  pid: 1342,
  comm: 'kubelet',
  file: `/sys/fs/cgroup/memory/${file}`,
  openPct: 0,
  readingPct: 0,
  openNow: false,
  ...more,
});

test('one loop for each cgroup: c / (c + T), summed, with the arithmetic', () => {
  // 9 / (9 + 10) + 8 / (8 + 10) = 47.37 % + 44.44 % = 91.81 % of a core, of 100 % observed.
  const finding = node({ cpuPct: 110, systemPct: 100 }, aRead(9), aRead(8, { path: '/kubepods' }));
  expect(finding.severity).toBe('critical');
  expect(textOf(finding)).toBe(
    [
      "reads of cgroup files explain 91.8 % of kubelet's system CPU of 100.0 %",
      "no --housekeeping-interval on kubelet's command line: the default, 10.0 s",
      '/: 9.00 s / (9.00 s + 10.0 s) = 47.4 % of a core',
      '/kubepods: 8.00 s / (8.00 s + 10.0 s) = 44.4 % of a core',
      'together 91.8 % of 100.0 % observed',
      'its own open files: no read was in the kernel in 30 samples of the last minute',
      'the two disagree: by read times it is 91.8 % of a core, by open files 0.0 %',
    ].join('\n'),
  );
});

test('never more than was observed', () => {
  const finding = node({ systemPct: 40 }, aRead(9), aRead(8, { path: '/kubepods' }));
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('explain 100.0 % of');
  expect(textOf(finding)).toContain('together 91.8 %, above the 40.0 % observed: counted as 40.0 %');
});

test("kubelet's own interval is taken where it stands on the command line", () => {
  // 1 / (1 + 1) = 50 %.
  expect(textOf(node({ systemPct: 90, housekeepingSeconds: 1 }, aRead(1)))).toContain('= 50.0 % of a core');
});

test('the usage of the root is a second walk; numa_stat counts only where kubelet was seen with it', () => {
  const usage = aRead(1, { file: 'memory.usage_in_bytes' });
  const numa = aRead(2, { file: 'memory.numa_stat' });
  expect(textOf(node({}, aRead(1), usage, numa))).toContain('/: 2.00 s /');
  const seen = held('memory.numa_stat', { openPct: 20 });
  expect(textOf(node({ heldFiles: [seen] }, aRead(1), usage, numa))).toContain('/: 4.00 s /');
});

test('cgroups that kubelet does not read are left out', () => {
  expect(textOf(node({}, aRead(1), aRead(5, { path: '/system.slice' })))).not.toContain('system.slice');
});

test('on both sides of half', () => {
  // 4 / (4 + 6) = 40 %.
  expect(node({ systemPct: 80, housekeepingSeconds: 6 }, aRead(4)).severity).toBe('warning');
  const not = node({ systemPct: 80.1, housekeepingSeconds: 6 }, aRead(4));
  expect(not.severity).toBe('info');
  expect(textOf(not)).toContain('do not explain');
});

test('a kubelet that is not hot has nothing to explain', () => {
  expect(node({ systemPct: 19.9 }, aRead(9)).severity).toBe('ok');
  expect(node({ systemPct: 20 }, aRead(9)).severity).toBe('warning');
});

test('unknown without kubelet, without its CPU time, without any read and looks', () => {
  expect(findingOf('kubelet-attribution', aNode(withReads(aRead(9)))).severity).toBe('unknown');
  expect(node({ systemPct: MISSING }, aRead(9)).reason).toEqual(MISSING);
  expect(node({ fileLooks: MISSING }).severity).toBe('unknown');
  expect(node({ systemPct: Number.NaN }, aRead(9)).severity).toBe('unknown');
});

test('what kubelet reads and was not timed is unknown, not zero: the share is "at least"', () => {
  const little = findingOf('kubelet-attribution', made({ systemPct: 90 }, aRead(1), USAGE));
  expect(little.severity).toBe('unknown');
  expect(textOf(little)).toContain('explain at least 10.1 % of');
  expect(textOf(little)).toContain('so far');
  expect(textOf(little)).toMatch(
    /it may be more: \d+ of the files it reads are not timed yet, \/kubepods\b.* among them/,
  );
  expect(textOf(little)).not.toContain('do not explain');
  const much = findingOf('kubelet-attribution', made({ systemPct: 50 }, aRead(9), USAGE));
  expect(much.severity).toBe('warning');
  expect(textOf(much)).toContain('explain at least 94.7 % of');
  const unlisted = { ...made({}, aRead(1), USAGE) };
  const finding = findingOf('kubelet-attribution', { ...unlisted, memcg: { ...unlisted.memcg, cgroups: MISSING } });
  expect(finding.severity).toBe('unknown');
});

test('a numa_stat that is slow and that kubelet may or may not read makes it "at least"; its release tells', () => {
  const reads = [aRead(1), aRead(6, { file: 'memory.numa_stat' })];
  expect(node({}, ...reads).severity).toBe('unknown');
  expect(textOf(node({}, ...reads))).toContain('memory.numa_stat of /, which kubelet may read');
  expect(textOf(node({ version: 'v1.18.8' }, ...reads))).toContain('do not explain');
  expect(textOf(node({ version: 'v1.26.1' }, ...reads))).toContain('/: 7.00 s /');
});

test("kubelet's own open files are evidence by themselves, and a disagreement is said", () => {
  const reading = held('memory.stat', { openPct: 80, readingPct: 80 });
  const seen = node({ heldFiles: [reading] }, aRead(0.01));
  expect(seen.severity).toBe('critical');
  expect(textOf(seen)).toContain('kubelet was seen inside reads of cgroup files: 88.9 % of');
  expect(textOf(seen)).toContain('the two disagree: by read times it is 0.1 % of a core, by open files 80.0 %');
  const agrees = node({ heldFiles: [held('memory.stat', { readingPct: 40 })] }, aRead(9));
  expect(textOf(agrees)).toContain('reads take 40.0 % of a core, by 30 samples');
  expect(textOf(agrees)).not.toContain('disagree');
});

test('a file that kubelet never closes is no read', () => {
  const leaked = held('memory.numa_stat', { openPct: 67, readingPct: 0 });
  expect(textOf(node({ heldFiles: [leaked] }, aRead(0.01)))).toContain('do not explain');
});

test('its CPU is the mean over the time of the reads, not that of the last tick', () => {
  const model = allTimed(made({ systemPct: 5 }, aRead(9), aRead(8, { path: '/kubepods' })));
  const history = new History();
  const now = model.instant.monotonicSeconds;
  for (let at = now - 60; at <= now; at += 2) {
    history.of('kubelet.cpuPct').push(at, at === now ? 5 : 95);
    history.of('kubelet.systemPct').push(at, at === now ? 5 : 90);
  }
  const finding = findingOf('kubelet-attribution', model, history);
  expect(finding.severity).toBe('critical');
  expect(textOf(finding)).toContain('the mean of the last 1 min');
});

test('a finding that stands does not end at the threshold that made it', () => {
  const swings = allTimed(made({ systemPct: 80.1, housekeepingSeconds: 6 }, aRead(4)));
  const { at, monotonicSeconds } = swings.instant;
  const stands = {
    kind: 'finding',
    id: 'kubelet-attribution',
    severity: 'warning',
    text: '',
    at,
    monotonicSeconds,
  } as const;
  const over = { kind: 'finding-over', id: 'kubelet-attribution', text: '', at, monotonicSeconds } as const;
  expect(findingOf('kubelet-attribution', swings).severity).toBe('info');
  expect(findingOf('kubelet-attribution', { ...swings, events: [stands] }).severity).toBe('warning');
  expect(findingOf('kubelet-attribution', { ...swings, events: [stands, over] }).severity).toBe('info');
});
