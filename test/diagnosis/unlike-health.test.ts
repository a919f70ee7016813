import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import * as quantity from '../../src/format/quantity.ts';
import { History } from '../../src/model/history.ts';
import type { Model, ProcessModel } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { aNode } from './a-node.ts';

function headline(change: (model: Model) => Model): string {
  return say(diagnose(aNode(change), new History(), DEFAULT_THRESHOLDS).headline, quantity);
}

const busy = (comm: string, cpuPct: number): ProcessModel => ({
  pid: 1,
  comm,
  cpuPct,
  userPct: cpuPct,
  systemPct: 0,
  threads: 1,
  rssBytes: 0,
});

test('a node on which a process takes a whole core is not called healthy without a word of it', () => {
  expect(headline((model) => ({ ...model, processes: [busy('java', 20)] }))).toMatch(/^healthy/);
  expect(headline((model) => ({ ...model, processes: [busy('java', 85)] }))).toMatch(/^java takes 85.0 %/);
});

test("where kubelet's CPU is not known, nobody says healthy; where none runs, there is none to be hot", () => {
  const kubelet = (unavailable: 'warming-up' | 'stale' | 'absent' | 'gone') =>
    headline((model) => ({ ...model, kubelet: { unavailable } }));
  for (const why of ['warming-up', 'stale'] as const) expect(kubelet(why)).toMatch(/^kubelet's CPU is not known/);
  for (const why of ['absent', 'gone'] as const) expect(kubelet(why)).toMatch(/^healthy/);
});
