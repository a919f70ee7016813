import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Host } from '../../src/host/host.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { textOf } from '../diagnosis/a-node.ts';
import { type CaseParts, caseHost } from '../support/case-host.ts';
import { observeHost } from '../support/observe.ts';

/** A uid, and of one container's id. */
const uidOf = (n: number) => `${String(n).padStart(8, '0')}_0000_4000_8000_000000000000`;
const idOf = (n: number) => String(n).padStart(64, '0');
const SLICE = '/sys/fs/cgroup/kubepods.slice/kubepods-burstable.slice';
const podPath = (n: number) => `${SLICE}/kubepods-burstable-pod${uidOf(n)}.slice`;

/** A v2 node with so many pods, of which all but the first few have no process; each has a container's cgroup. */
function nodeOf(pods: number, running: number, parts: CaseParts = {}): Host {
  const files: Record<string, string> = {
    '/sys/fs/cgroup/cgroup.stat': `nr_descendants ${2 * pods + 2}\nnr_dying_descendants 40\n`,
    '/sys/fs/cgroup/cgroup.controllers': 'memory\n',
    '/sys/fs/cgroup/memory.stat': 'anon 0\n',
  };
  for (let n = 0; n < pods; n += 1) {
    const events = `populated ${n < running ? 1 : 0}\nfrozen 0\n`;
    files[`${podPath(n)}/cgroup.events`] = events;
    files[`${podPath(n)}/cgroup.procs`] = '';
    files[`${podPath(n)}/cri-containerd-${idOf(n)}.scope/cgroup.procs`] = n < running ? '1700\n' : '';
    if (n < running) files[`/var/log/pods/default_web-${n}_${uidOf(n).replaceAll('_', '-')}/app/0.log`] = '';
  }
  return caseHost('empty-pods', { ...parts, files: { ...files, ...parts.files } });
}

function found(host: Host, ticks: number) {
  const { model, observer } = observeHost(host, ticks);
  const { overall, findings } = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
  const finding = findings.find(({ id }) => id === 'leftover-pods');
  if (finding === undefined) throw new Error('the rule answers always');
  return { overall, severity: finding.severity, text: textOf(finding), remedies: finding.remedies, pods: model.pods };
}

test('1,160 of 1,200 pods without a process are leftovers at the first look', () => {
  const { overall, severity, text, remedies, pods } = found(nodeOf(1200, 40), 2);
  expect(pods).toMatchObject({ cgroups: 1200, withoutProcess: 1160, leftover: 0 });
  expect(overall).toBe('warning');
  expect(severity).toBe('warning');
  expect(text).toMatch(/^1,160 of 1,200 pod cgroups have no process: their pods are gone/);
  expect(text).toContain('00000040-0000-4000-8000-000000000000: no process');
  expect(remedies).toContain('remove-leftovers');
});

test('twelve are a warning after five minutes, not before: pods start and end', () => {
  const early = found(nodeOf(52, 40), 2);
  expect(early.severity).toBe('info');
  expect(early.text).toContain('takes five minutes');
  const late = found(nodeOf(52, 40, { ticksEverySeconds: 60 }), 7);
  expect(late.severity).toBe('warning');
  expect(late.text).toContain('no process for at least 6 min');
  expect(late.pods).toMatchObject({ withoutProcess: 12, leftover: 12 });
});

test('a few pods without a process are nothing', () => {
  expect(found(nodeOf(49, 40), 2).severity).toBe('ok');
});
