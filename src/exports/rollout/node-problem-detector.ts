import { CAUSES, type CauseId } from '../../diagnosis/causes.ts';

/** The condition of the node and the reason that stand for each cause, as Kubernetes writes them. */
const CONDITIONS: Readonly<Record<CauseId, { condition: string; reason: string; otherwise: string; fine: string }>> = {
  'slow-reads': {
    condition: 'SlowMemoryCgroups',
    reason: 'MemoryStatIsSlow',
    otherwise: 'MemoryStatIsQuick',
    fine: 'memory.stat is read quickly',
  },
  'dying-growing': {
    condition: 'DyingMemoryCgroups',
    reason: 'DyingMemoryCgroupsGrow',
    otherwise: 'FewMemoryCgroupsAreDying',
    fine: 'few memory cgroups are dying',
  },
  ids: {
    condition: 'MemoryCgroupIdsRunOut',
    reason: 'FewMemoryCgroupIdsAreLeft',
    otherwise: 'MemoryCgroupIdsAreLeft',
    fine: 'memory cgroup ids are left',
  },
  'leftover-cgroups': {
    condition: 'LeftoverCgroups',
    reason: 'CgroupsOfGonePodsStay',
    otherwise: 'NoCgroupsAreLeftOver',
    fine: 'no cgroups are left over',
  },
  'unreclaimable-slab': {
    condition: 'UnreclaimableSlab',
    reason: 'SlabTakesMemory',
    otherwise: 'SlabIsInProportion',
    fine: 'slab is in proportion to memory',
  },
  'kubelet-in-kernel': {
    condition: 'KubeletInKernel',
    reason: 'KubeletSpendsItsTimeInTheKernel',
    otherwise: 'KubeletRunsItsOwnCode',
    fine: 'kubelet does not spend its time in the kernel',
  },
};

/** Where the findings of one run are kept for the others; below `/run`, which is gone with the next boot. */
const SHARED = '/run/slabtop-k8s-check.json';

/**
 * The configuration of a node-problem-detector custom plugin: a condition per cause, all from one run of `check`, since
 * on a sick node every run makes one of the reads that are the sickness: seconds of a core that nothing can interrupt.
 * Hence the long interval, too. The rules run one after the other (`concurrency`): the first one reads.
 * https://github.com/kubernetes/node-problem-detector/blob/master/docs/custom_plugin_monitor.md
 */
export function encodeNpdConfig(program: string): string {
  const causes = (Object.keys(CAUSES) as CauseId[]).map((cause) => ({ cause, ...CONDITIONS[cause] }));
  const config = {
    plugin: 'custom',
    pluginConfig: {
      invoke_interval: '15m',
      timeout: '10s',
      max_output_length: 200,
      concurrency: 1,
      enable_message_change_based_condition_update: false,
    },
    source: 'slabtop-k8s-monitor',
    metricsReporting: true,
    conditions: causes.map(({ condition, otherwise, fine }) => ({
      type: condition,
      reason: otherwise,
      message: `${fine}, or not known`,
    })),
    rules: causes.map(({ cause, condition, reason }) => ({
      type: 'permanent',
      condition,
      reason,
      path: program,
      args: ['check', '--fail-on', 'warning', '--cause', cause, '--share', SHARED, '--timeout', '8'],
      timeout: '9s',
    })),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
