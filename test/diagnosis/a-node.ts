import { diagnose, type Extra } from '../../src/diagnosis/diagnose.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import type { RuleId } from '../../src/diagnosis/rules/rules.ts';
import * as quantity from '../../src/format/quantity.ts';
import { History } from '../../src/model/history.ts';
import type { KubeletModel, Model, PinModel, ReadModel } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { observeFixture } from '../support/observe.ts';

/** Why a value is missing in a test. */
export const MISSING = { unavailable: 'denied', detail: 'made missing by the test' } as const;

let healthy: Model | undefined;

/** The model of the captured healthy node, changed by the test. */
export function aNode(change: (model: Model) => Model = (model) => model): Model {
  healthy ??= observeFixture(captured('healthy')).model;
  return change(healthy);
}

/** What one rule says of a node. */
export function findingOf(id: RuleId, model: Model, history = new History(), extra: Extra = {}): Finding {
  const found = diagnose(model, history, DEFAULT_THRESHOLDS, extra).findings.find((finding) => finding.id === id);
  if (found === undefined) throw new Error(`no finding of ${id}`);
  return found;
}

/** Title and details as a person reads them. */
export function textOf({ title, details }: Finding): string {
  return [title, ...details].map((sentence) => say(sentence, quantity)).join('\n');
}

/** A node on which so many memory cgroups are dying, with so many live ones. */
export function dying(count: number, live = 186): (model: Model) => Model {
  return (model) => ({ ...model, memcg: { ...model.memcg, dying: count, live, total: count + live } });
}

/** A timed read of the root's memory.stat, or of another file. */
export function aRead(cpuSeconds: number, more: Partial<ReadModel> = {}): ReadModel {
  return {
    path: '/',
    file: 'memory.stat',
    wallSeconds: cpuSeconds,
    cpuSeconds,
    systemSeconds: cpuSeconds,
    at: aNode().instant.at,
    pod: MISSING,
    byOther: false,
    beforeDrop: false,
    ...more,
  };
}

/** With these reads in place of all others. */
export function withReads(...reads: readonly ReadModel[]): (model: Model) => Model {
  return (model) => ({ ...model, reads });
}

/** With a kubelet that takes so much of a core. */
export function withKubelet(more: Partial<KubeletModel> = {}): (model: Model) => Model {
  const kubelet: KubeletModel = {
    pid: 1342,
    startTicks: 100,
    found: 'kubelet',
    command: '/usr/bin/kubelet',
    version: MISSING,
    housekeepingSeconds: { unavailable: 'absent' },
    cpuPct: 100,
    userPct: 10,
    systemPct: 90,
    threads: 38,
    uptimeSeconds: 1000,
    rssBytes: 100_000_000,
    contextSwitchesPerSecond: 1,
    others: [],
    readBytesPerSecond: 1,
    readCallsPerSecond: 1,
    threadRows: [],
    heldFiles: [],
    fileLooks: 30,
    syscallRows: [],
    ...more,
  };
  return (model) => ({ ...model, kubelet });
}

/** What the dying below one parent hold. */
export function aPin(more: Partial<PinModel>): PinModel {
  return {
    path: '/kubepods/burstable',
    pod: MISSING,
    bytes: 100_000_000,
    kmemBytes: 0,
    fileBytes: 0,
    cleanBytes: 0,
    dirtyBytes: 0,
    tmpfsBytes: 0,
    anonBytes: 0,
    ...more,
  };
}

/** With these pins. */
export function withPins(...pins: readonly PinModel[]): (model: Model) => Model {
  return (model) => ({ ...model, memcg: { ...model.memcg, pins } });
}

/** Another kernel. */
export function onKernel(release: string): (model: Model) => Model {
  return (model) => ({ ...model, host: { ...model.host, kernel: release } });
}

/** One change after the other. */
export function all(...changes: readonly ((model: Model) => Model)[]): (model: Model) => Model {
  return (model) => changes.reduce((changed, change) => change(changed), model);
}
