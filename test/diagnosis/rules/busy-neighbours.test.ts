import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { say } from '../../../src/diagnosis/prose/say.ts';
import * as quantity from '../../../src/format/quantity.ts';
import { History } from '../../../src/model/history.ts';
import type { HeldFileModel, Model, ProcessModel } from '../../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { all, aNode, findingOf, MISSING, textOf, withKubelet } from '../a-node.ts';

const process = (comm: string, cpuPct: number, pid: number): ProcessModel => ({
  pid,
  comm,
  cpuPct,
  userPct: cpuPct / 2,
  systemPct: cpuPct / 2,
  threads: 1,
  rssBytes: 0,
});

const withProcesses = (...processes: readonly ProcessModel[]) =>
  all(withKubelet({ cpuPct: 7, userPct: 5, systemPct: 2 }), (model: Model) => ({ ...model, processes }));

const neighbours = (...processes: readonly ProcessModel[]) =>
  findingOf('busy-neighbours', aNode(withProcesses(...processes)));

test('PID 1 in a storm of mounts is named in the verdict, with what it is known for', () => {
  const model = aNode(withProcesses(process('systemd', 85, 1), process('kubelet', 7, 1342)));
  const { overall, headline } = diagnose(model, new History(), DEFAULT_THRESHOLDS);
  expect(overall).toBe('warning');
  expect(say(headline, quantity)).toMatch(/^systemd \(pid 1\) takes 85.0 % of a core, 42.5 % in the kernel: .*mount/);
});

test('every service that is known for it warns; the busiest first', () => {
  for (const comm of ['dockerd', 'runc:[2:INIT]', 'containerd', 'fluent-bit', 'cadvisor', 'kswapd0']) {
    expect(neighbours(process(comm, 80, 7)).severity, comm).toBe('warning');
    expect(neighbours(process(comm, 74, 7)).severity, comm).toBe('ok');
  }
  const finding = neighbours(process('java', 800, 9), process('dockerd', 90, 7), process('systemd', 95, 1));
  expect(
    textOf(finding)
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(['systemd', 'dockerd', 'java']);
});

test('a busy workload is no fault of the node, and kubelet is not its own neighbour', () => {
  expect(neighbours(process('java', 800, 9)).severity).toBe('ok');
  expect(neighbours(process('kubelet', 200, 1342)).severity).toBe('ok');
  expect(neighbours(process('kubelet', 200, 77)).severity).toBe('warning');
});

test('whoever reads memory files of cgroups again and again is known by that, whatever its name', () => {
  const held: HeldFileModel = {
    pid: 9,
    comm: 'java',
    file: 'memory.stat',
    openPct: 90,
    readingPct: 90,
    openNow: true,
  };
  const model = aNode(all(withProcesses(process('java', 80, 9)), withKubelet({ systemPct: 1, heldFiles: [held] })));
  const finding = findingOf('busy-neighbours', model);
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('it reads memory.stat of cgroups again and again');
});

test('one that stands at the limit is one finding, not many', () => {
  const model = aNode(withProcesses(process('systemd', 65, 1)));
  expect(findingOf('busy-neighbours', model).severity).toBe('ok');
  const told = {
    kind: 'finding',
    at: 0,
    monotonicSeconds: 0,
    id: 'busy-neighbours',
    severity: 'warning',
    text: '',
  } as const;
  expect(findingOf('busy-neighbours', { ...model, events: [told] }).severity).toBe('warning');
});

test('unknown where the processes or all their rates are', () => {
  expect(findingOf('busy-neighbours', { ...aNode(), processes: MISSING }).reason).toEqual(MISSING);
  const first = { ...process('systemd', 0, 1), cpuPct: MISSING };
  expect(neighbours(first).reason).toEqual(MISSING);
});
