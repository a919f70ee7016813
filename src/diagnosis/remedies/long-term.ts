import { isKnown, isMissing, knownOr, type Maybe, mapKnown, missing } from '../../core/missing.ts';
import { amount } from '../amount.ts';
import type { FamilyId } from '../kernel/families.ts';
import { KERNEL_ITEMS } from '../kernel/items.ts';
import { shellPath, shellWord } from './node-words.ts';
import type { Remedy, Situation } from './remedy.ts';

/** Where grubby sets the kernel's command line. */
const GRUBBY_FAMILIES: readonly FamilyId[] = ['rhel', 'elrepo', 'uek', 'fedora', 'amazon'];

/** What keeps dying cgroups from coming back, or makes them hurt less. */
export const LONG_TERM_REMEDIES = {
  'remove-leftovers': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'remove the cgroups that are left over',
    does: `lists the cgroups without a process${leftoverText(situation)}; rmdir frees each; the kernel refuses one that is in use`,
    cannot: 'they come back: the log of kubelet, the runtime or systemd says why they stay',
    danger: 'a pod that is starting has no process either: leave what is younger than minutes',
    command: leftoverCommand(situation),
    prefer: 'first restart what should have removed them (kubelet, the runtime)',
  }),
  'stop-the-churner': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'stop what creates and removes cgroups',
    does: `ends the source: a crash loop, a CronJob every minute, a unit that restarts over and over${churnerText(situation)}`,
    cannot: 'does not free what is dying already',
    danger: 'that workload stops',
    command: churnerCommand(situation),
    prefer: 'with a drop that frees what is there; alone where reads are still fast',
  }),
  'housekeeping-interval': ({ model, print }: Situation): Omit<Remedy, 'id'> => ({
    title: "lengthen kubelet's housekeeping interval",
    does: `kubelet reads every cgroup less often${intervalText(model, print)}: its CPU for reads goes down as much`,
    cannot: 'makes no read shorter: each holds its CPU as long as before, and other readers stay slow',
    danger: 'metrics and eviction decisions are older by as much; kubelet restarts',
    command: missing(
      'unsupported',
      "add --housekeeping-interval=60s where kubelet's flags are set on this node, then restart kubelet",
    ),
    prefer: 'only while the node waits for a newer kernel',
  }),
  'upgrade-kernel': ({ diagnosis }: Situation): Omit<Remedy, 'id'> => ({
    title: 'run a newer kernel',
    does: `reads no longer walk the dying; a dead cgroup hands its objects to its parent${upgrades(diagnosis)}`,
    cannot:
      'page cache and tmpfs still pin dying cgroups up to 7.1, at the cost of memory, not CPU; on cgroup v1 memory.numa_stat needs a later release than memory.stat',
    danger: 'a reboot, and all else that changes with a kernel; try one node first',
    command: missing('unsupported', 'install it as the distribution says'),
    prefer: 'the real fix, with a drain; until then the other fixes',
  }),
  'drain-and-reboot': ({ model }: Situation): Omit<Remedy, 'id'> => ({
    title: 'drain the node and reboot it',
    does: 'frees every dying cgroup, whatever pins it',
    cannot: 'they come back on the same kernel with the same workload',
    danger: 'every pod of the node moves; emptyDir data is lost (before kubectl 1.20 the flag is --delete-local-data)',
    command: mapKnown(
      shellWord(model.host.name),
      (name) => `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data`,
    ),
    prefer: 'better than drop_caches where latency matters, nothing else frees them, or a kernel is due',
  }),
  nokmem: ({ model, diagnosis }: Situation): Omit<Remedy, 'id'> => ({
    title: 'boot with cgroup.memory=nokmem',
    does: `the kernel charges no slab object to a cgroup: none pins a dead one${
      knownOr(model.host.bootCommand, '').includes('cgroup.memory=nokmem')
        ? '; this node was booted with it already'
        : ''
    }`,
    cannot: 'frees nothing before the reboot; pages still pin; reads stay slow for those that remain',
    danger: 'a reboot; no pod has a limit of kernel memory any more: one can take all',
    command: GRUBBY_FAMILIES.includes(diagnosis.kernel.release.family)
      ? 'grubby --update-kernel=ALL --args=cgroup.memory=nokmem'
      : missing('unsupported', "add cgroup.memory=nokmem to the kernel's command line in the boot loader, then reboot"),
    prefer: 'where the kernel cannot be changed soon and slab pins',
  }),
} as const;

/** The parent with the most children: below it are the leftovers. */
function mostChildren({ model }: Situation): string | undefined {
  let most: { readonly path: string; readonly children: number } | undefined;
  for (const each of knownOr(model.memcg.cgroups, [])) if (each.children > (most?.children ?? 0)) most = each;
  return most?.path;
}

function leftoverText(situation: Situation): string {
  const path = mostChildren(situation);
  return path === undefined ? '' : ` below ${path}`;
}

/** The leaves (two links) whose list of processes has no line in it. */
function leftoverCommand(situation: Situation): Maybe<string> {
  const path = mostChildren(situation);
  if (path === undefined) return missing('warming-up', 'the cgroups have not been walked yet');
  const folder = mapKnown(situation.model.host.cgroupRoot, (root) => shellPath(`${root}${path === '/' ? '' : path}`));
  return mapKnown(folder, (word) => `find ${word} -type d -links 2 -printf '%p/cgroup.procs\\0' | xargs -0 grep -L .`);
}

/** The parent with the most churn, else the one below which the dying hold most. */
function churner({
  model,
  diagnosis,
}: Situation): { path: string; pod: Maybe<string>; unit: Maybe<string> } | undefined {
  const churned = diagnosis.findings.find(
    ({ id, severity }) => id === 'churn' && severity !== 'unknown' && severity !== 'ok',
  );
  const path = churned?.evidence.find(({ field }) => field === 'memcg.cgroups[].churnPerMinute')?.of;
  const wanted = path ?? diagnosis.pins.where[0]?.path;
  return knownOr(model.memcg.cgroups, []).find((cgroup) => cgroup.path === wanted);
}

function churnerText(situation: Situation): string {
  const found = churner(situation);
  if (found === undefined) return restartsText(situation);
  const owner = isMissing(found.pod) ? found.unit : found.pod;
  return `; look below ${found.path}${isMissing(owner) ? '' : ` (${owner})`}${restartsText(situation)}`;
}

/** So many pods are named as those that restart most. */
const NAMED_PODS = 3;

/** Whose containers restarted while churn was watched. */
function restartsText({ model, print }: Situation): string {
  const named = knownOr(model.pods.restarting, [])
    .slice(0, NAMED_PODS)
    .map(({ pod, restarts }) => `${pod} (${print.count(restarts)})`);
  return named.length === 0 ? '' : `; restarts in 5 minutes: ${named.join(', ')}`;
}

function churnerCommand(situation: Situation): Maybe<string> {
  const found = churner(situation);
  if (found === undefined) return missing('warming-up', 'the churner is not known yet');
  const { pod, unit } = found;
  if (isKnown(pod)) return describePod(pod);
  if (isKnown(unit)) return mapKnown(shellWord(unit), (word) => `systemctl status ${word}`);
  const [restarting] = knownOr(situation.model.pods.restarting, []);
  if (restarting !== undefined) return describePod(restarting.pod);
  const node = shellWord(situation.model.host.name);
  return mapKnown(
    node,
    // A crash loop has an old start and many restarts: those stand last.
    (word) =>
      `kubectl get pods -A --field-selector spec.nodeName=${word} --sort-by='.status.containerStatuses[0].restartCount'`,
  );
}

function describePod(pod: string): Maybe<string> {
  const [namespace, name] = pod.split('/').map(shellWord);
  if (namespace === undefined || name === undefined) return missing('absent', 'the name of the pod is not known');
  return isMissing(namespace) || isMissing(name) ? name : `kubectl -n ${namespace} describe pod ${name}`;
}

function intervalText({ kubelet }: Situation['model'], print: Situation['print']): string {
  const seconds = isMissing(kubelet) ? kubelet : amount(kubelet.housekeepingSeconds);
  return isMissing(seconds) ? ' (every 10 s by default)' : ` (every ${print.seconds(seconds)} now)`;
}

/** The nearest kernels that have the fixes this one lacks, and what each is for. */
function upgrades({ kernel }: Situation['diagnosis']): string {
  const kernels = new Map<string, string[]>();
  for (const id of KERNEL_ITEMS) {
    const { status, upgrade } = kernel.items[id];
    if (status !== 'affected' || upgrade === undefined || isMissing(upgrade)) continue;
    kernels.set(upgrade, [...(kernels.get(upgrade) ?? []), id]);
  }
  const each = [...kernels].map(([name, items]) => `${name} (for ${items.join(', ')})`);
  return each.length === 0 ? '' : `: ${each.join('; ')}`;
}
