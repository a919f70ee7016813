import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/diagnosis/diagnose.ts';
import { type Sentence, type SentenceId, say } from '../../src/diagnosis/prose/say.ts';
import * as quantity from '../../src/format/quantity.ts';
import { History } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { caseHost, cgroupsOfV1 } from '../support/case-host.ts';
import { generateHost } from '../support/generated-host.ts';
import { observeFixture, observeHost } from '../support/observe.ts';
import { all, aNode, aPin, aRead, dying, onKernel, withKubelet, withPins, withReads } from './a-node.ts';

/** Two sentences that may not stand in one report, whatever else does. */
const NEVER_TOGETHER: readonly (readonly [SentenceId, SentenceId])[] = [
  ['dying.reads-stay-fast', 'read.slow'],
  ['dying.reads-stay-fast', 'read.in-flight'],
  ['dying.reads-stay-fast', 'verdict.sick'],
  ['dying.reads-stay-fast', 'attribution.explains'],
  ['dying.reads-stay-fast', 'attribution.seen'],
  ['verdict.ok', 'read.slow'],
  ['verdict.ok', 'kubelet.in-kernel'],
  ['verdict.ok', 'ids.near'],
  ['verdict.ok', 'ids.live-near'],
  ['verdict.ok', 'ids.gone'],
  ['verdict.but', 'live.slow-reads'],
  ['verdict.but', 'empty.many'],
  ['lookalike.nothing-hot', 'kubelet.in-kernel'],
  ['lookalike.nothing-hot', 'attribution.explains'],
  ['lookalike.nothing-hot', 'attribution.not'],
  ['lookalike.nothing-hot', 'empty.hot-kubelet'],
  ['lookalike.ruled-out-by-reads', 'attribution.not'],
  ['lookalike.ruled-out-by-reads', 'attribution.nothing'],
  ['attribution.nothing', 'kubelet.in-kernel'],
  ['drop.not-needed', 'dying.many'],
  ['drop.not-needed', 'pins.told'],
  ['pins.few', 'dying.many'],
  ['pins.few', 'dying.turnover'],
  ['live.few', 'live.slow-reads'],
  ['ids.live-far', 'ids.near'],
  ['share.fine', 'share.unreclaimable'],
];

/** What may not be said beside what else, where ids are not enough. */
const NEVER: readonly { readonly why: string; readonly holds: (report: Report) => boolean }[] = [
  {
    why: 'the verdict blames the dying, and a finding calls them the turnover of a busy node',
    holds: ({ headline, said }) =>
      headline.id === 'verdict.sick' && headline.values.mostly === 'dying' && said.has('dying.turnover'),
  },
  {
    why: 'the verdict says what makes a read slow, and a finding sends the reader to another cause',
    holds: ({ headline, texts }) =>
      headline.id === 'verdict.sick' && texts.some((text) => text.startsWith(`${headline.values.file} is slow, but`)),
  },
  {
    why: 'most cgroups are live, and a drop is what helps against slow reads',
    holds: ({ diagnosis, said }) =>
      said.has('live.slow-reads') &&
      diagnosis.findings.some(
        ({ id, remedies }) => id.startsWith('slow-') && remedies.some((remedy) => remedy.startsWith('drop-')),
      ),
  },
  {
    why: 'no drop helps against the dying, and a finding of theirs has one as its fix',
    holds: ({ diagnosis }) =>
      'none' in diagnosis.recommendedDrop &&
      diagnosis.findings.some(
        ({ id, remedies }) =>
          ['dying-cgroups', 'what-pins', 'slow-memory-stat', 'kubelet-attribution'].includes(id) &&
          remedies.some((remedy) => remedy.startsWith('drop-')),
      ),
  },
  {
    why: 'the verdict and the finding have different shares of the CPU that reads explain',
    holds: ({ headline, diagnosis }) => {
      if (headline.id !== 'verdict.sick' || 'unavailable' in headline.values.explains) return false;
      const told = diagnosis.findings.find(({ title }) => title.id === 'attribution.explains')?.title;
      return told?.id === 'attribution.explains' && told.values.sharePct !== headline.values.explains.pct;
    },
  },
  {
    why: 'overall is ok, and a finding warns',
    holds: ({ diagnosis }) =>
      diagnosis.overall === 'ok' && diagnosis.findings.some(({ severity }) => /critical|warning/.test(severity)),
  },
];

interface Report {
  readonly diagnosis: Diagnosis;
  readonly headline: Sentence;
  readonly said: ReadonlySet<SentenceId>;
  readonly texts: readonly string[];
}

function reportOf(model: Model, history: History): Report {
  const diagnosis = diagnose(model, history, DEFAULT_THRESHOLDS);
  const { headline, findings, recommendedDrop } = diagnosis;
  const drop = 'why' in recommendedDrop ? recommendedDrop.why : recommendedDrop.none;
  const sentences = [headline, drop, ...findings.flatMap(({ title, details }) => [title, ...details])];
  const texts = sentences.map((sentence) => say(sentence, quantity));
  return { diagnosis, headline, said: new Set(sentences.map(({ id }) => id)), texts };
}

function contradictions(report: Report): readonly string[] {
  const pairs = NEVER_TOGETHER.filter(([one, other]) => report.said.has(one) && report.said.has(other));
  const others = NEVER.filter(({ holds }) => holds(report));
  return [...pairs.map((pair) => pair.join(' beside ')), ...others.map(({ why }) => why)];
}

describe('no finding contradicts another', () => {
  const hosts = [
    generateHost({ live: 200, dying: 6000 }),
    generateHost({
      live: 5000,
      dying: 1200,
      reads: { '/sys/fs/cgroup/memory/memory.stat': { wallSeconds: 1.2, cpuSeconds: 1.2 } },
    }),
    generateHost({ live: 300, dying: 3000, cgroup: 'v2' }),
  ];
  afterAll(() => {
    for (const host of hosts) host.remove();
  });

  test.each(['healthy', 'incident', 'after-drop'] as const)('on the captured node, %s', (moment) => {
    const { model, observer } = observeFixture(captured(moment), 2);
    expect(contradictions(reportOf(model, observer.history))).toEqual([]);
  });

  test.each(hosts.map((host, at) => [at, host] as const))('on generated node %i', (_, host) => {
    const { model, observer } = observeFixture(host.root, 2);
    expect(contradictions(reportOf(model, observer.history))).toEqual([]);
  });

  test.each([
    ['live-scopes', 8784, { 'memory.stat': 0.42 }],
    ['ids-gone', 93, { 'memory.stat': 3.1 }],
    ['numa-stat-walks', 228, { 'memory.numa_stat': 6.2 }],
    ['kernfs-nodes', 123, {}],
    ['kmalloc-8192', 93, { 'memory.stat': 0.35 }],
  ] as const)('on the node of a public report: %s', (name, live, seconds) => {
    const scopes = Array.from({ length: live - 2 }, (_, n) => `/system.slice/run-r${n}.scope`);
    const timed = Object.fromEntries(
      Object.entries(seconds).map(([file, each]) => [`/sys/fs/cgroup/memory/${file}`, each]),
    );
    const host = caseHost(name, { files: cgroupsOfV1(['/system.slice', ...scopes]), seconds: timed });
    const { model, observer } = observeHost(host, 2);
    expect(contradictions(reportOf(model, observer.history))).toEqual([]);
  });

  test('on any node', () => {
    const GIB = 1024 ** 3;
    const pct = fc.integer({ min: 0, max: 150 });
    const seconds = fc.constantFrom(0.0004, 0.05, 0.2, 0.9, 4);
    const counts = fc.constantFrom(0, 3, 150, 900, 1200, 3500, 5200, 20_000, 65_423);
    const kernels = fc.constantFrom(
      '4.4.155',
      '3.10.0-514.el7.x86_64',
      '4.18.0-240.el8',
      '5.4.0',
      '6.12.0',
      'nonsense',
    );
    const nodes = fc.record({
      live: counts.map((count) => count + 1),
      dead: counts,
      kernel: kernels,
      reads: fc.record({ stat: seconds, numa: seconds, usage: seconds, agoSeconds: fc.constantFrom(0, 400) }),
      cpu: fc.record({ now: pct, before: pct, systemNow: pct, systemBefore: pct }),
      kmem: fc.constantFrom(0, 50_000_000, 5 * GIB),
      tmpfs: fc.constantFrom(0, 5 * GIB),
      empty: fc.constantFrom(0, 12, 60, 130),
      unreclaimable: fc.constantFrom(0.1 * GIB, 3 * GIB),
    });
    fc.assert(
      fc.property(nodes, ({ live, dead, kernel, reads, cpu, kmem, tmpfs, empty, unreclaimable }) => {
        const system = { now: Math.min(cpu.now, cpu.systemNow), before: Math.min(cpu.before, cpu.systemBefore) };
        const when = { at: aNode().instant.at - reads.agoSeconds * 1000 };
        const model = aNode(
          all(
            onKernel(kernel),
            dying(dead, live),
            withReads(
              aRead(reads.stat, when),
              aRead(reads.numa, { ...when, file: 'memory.numa_stat' }),
              aRead(reads.usage, { ...when, file: 'memory.usage_in_bytes' }),
            ),
            withKubelet({ cpuPct: cpu.now, systemPct: system.now, userPct: cpu.now - system.now }),
            withPins(aPin({ kmemBytes: kmem, tmpfsBytes: tmpfs, bytes: kmem + tmpfs })),
            (node) => ({
              ...node,
              pods: { ...node.pods, cgroups: 150, withoutProcess: empty, leftover: 0 },
              slab: { ...node.slab, unreclaimableBytes: unreclaimable },
            }),
          ),
        );
        const history = new History();
        const { monotonicSeconds } = model.instant;
        // Ten minutes at what was before, the last seconds at what is now.
        for (let ago = 600; ago >= 0; ago -= 10) {
          const is = ago <= 20 ? 'now' : 'before';
          history.of('kubelet.cpuPct').push(monotonicSeconds - ago, cpu[is]);
          history.of('kubelet.systemPct').push(monotonicSeconds - ago, system[is]);
        }
        expect(contradictions(reportOf(model, history))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
