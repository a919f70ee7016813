import type { Thresholds } from '../../model/thresholds.ts';
import type { Printer } from '../printer.ts';
import type { RuleId } from '../rules/rule-ids.ts';

/** What a rule is about, and what makes it speak up: for the table in the documentation and for "not known". */
export interface RuleProse {
  /** A noun phrase. */
  readonly about: string;
  /** What it answers. */
  readonly tells: string;
  /** When it is critical or a warning (or an information, where it says so). */
  readonly speaks: (limits: Thresholds, print: Printer) => string;
}

/** The prose of every rule. */
export const RULE_PROSE: Readonly<Record<RuleId, RuleProse>> = {
  'dying-cgroups': {
    about: 'dying memory cgroups',
    tells:
      'how many removed cgroups are kept alive, their share of all, how fast they grow, and when there are ten times as many',
    speaks: (limits, p) =>
      `warning from ${p.count(limits.dyingWarning)} on where they are ${pct(p, limits.dyingSharePct)} of all; critical from ${p.count(limits.dyingCritical)} on where a read takes ${p.seconds(limits.readCriticalSeconds)}`,
  },
  'slow-memory-stat': {
    about: 'reading memory.stat',
    tells:
      'what the slowest read of memory.stat costs, and whether that is what this kernel is known for; a read that has not come back counts with the time it has taken',
    speaks: readLimits,
  },
  'kubelet-attribution': {
    about: "what explains kubelet's system CPU",
    tells:
      "how much of kubelet's system CPU the measured reads explain at its housekeeping interval, with the arithmetic; also that they do not explain it",
    speaks: (limits, p) =>
      `warning where they explain ${pct(p, limits.attributionPct)} of at least ${pct(p, limits.kubeletSystemPct)} of a core; critical from ${pct(p, limits.kubeletSystemCriticalPct)} of a core on`,
  },
  'what-pins': {
    about: 'what pins the dying cgroups',
    tells:
      'slab, clean pages, dirty pages, tmpfs or anonymous memory, and below which parent or pod; hence which drop fits, or that none helps',
    speaks: (limits, p) =>
      `information from ${p.count(limits.dyingWarning)} dying cgroups on; warning where the first rule warns`,
  },
  'kubelet-in-kernel': {
    about: 'kubelet bound in the kernel',
    tells:
      'that kubelet computes in the kernel rather than in its own code, and whether a core is full while the machine looks idle',
    speaks: (limits, p) =>
      `warning where ${pct(p, limits.kubeletKernelSharePct)} of its CPU time is system time, and that is at least ${pct(p, limits.kubeletSystemPct)} of a core`,
  },
  'slow-numa-stat': {
    about: 'reading memory.numa_stat',
    tells:
      'the same of memory.numa_stat (cgroup v1), which walks every dying cgroup on kernels whose memory.stat is fixed',
    speaks: readLimits,
  },
  'slow-root-usage': {
    about: "reading the root's memory.usage_in_bytes",
    tells: 'the same of the usage of the root (cgroup v1), which is a walk and no counter',
    speaks: readLimits,
  },
  'memcg-ids': {
    about: 'memory cgroup ids',
    tells:
      'how many of the 65,535 ids are taken, where this kernel gives an id back only when the dying cgroup is gone',
    speaks: (limits, p) =>
      `warning from ${pct(p, limits.memcgIdsPct)} on, critical from ${pct(p, limits.memcgIdsCriticalPct)} on`,
  },
  'other-hierarchy': {
    about: 'the other cgroup v1 hierarchies',
    tells: 'whether another controller than memory holds far more cgroups than there are live ones',
    speaks: (limits, p) =>
      `warning where one has ${p.count(limits.otherHierarchyTimes)} times the live memory cgroups and at least ${p.count(limits.otherHierarchyCount)} more`,
  },
  'leftover-directories': {
    about: 'live cgroups left over',
    tells:
      'whether live cgroups are far more than pods account for: nobody removes their folders; and below which parent most of them are',
    speaks: (limits, p) => `warning from ${p.count(limits.liveCgroups)} live cgroups on`,
  },
  'slab-growth': {
    about: 'growth of slab memory',
    tells: 'how fast slab grows, over at least five minutes, and when the memory that is left will be gone',
    speaks: (limits, p) => `warning from ${pct(p, limits.slabGrowthPctPerDay)} of the node's memory a day on`,
  },
  'dentries-dominate-slab': {
    about: 'the part of slab that is dentries',
    tells: 'whether most of a large slab is dentries',
    speaks: (limits, p) =>
      `warning from ${pct(p, limits.dentrySharePct)} on, of ${p.bytes(limits.slabBytes)} of slab or ${pct(p, limits.slabMemoryPct)} of memory`,
  },
  'negative-dentries': {
    about: 'negative dentries',
    tells: 'whether most dentries are names of files that do not exist (kernels from 5.0 on)',
    speaks: (limits, p) =>
      `information from ${p.count(limits.negativeDentries)} on, where they are ${pct(p, limits.negativeSharePct)} of all`,
  },
  churn: {
    about: 'churn of cgroups',
    tells: 'who creates and removes cgroups, by pod and by systemd unit',
    speaks: (limits, p) =>
      `information from ${p.count(limits.churnPerMinute)} a minute below one parent on; warning where ${p.count(limits.dyingWarning)} are dying`,
  },
  'dropped-by-others': {
    about: 'caches dropped by somebody else',
    tells: 'whether a cron job or another person drops caches, how often, and with what effect',
    speaks: () => "warning where it was seen; information where only the kernel's counters tell of it",
  },
  'hybrid-host': {
    about: 'a host with both cgroup versions',
    tells: 'that the v2 side of a hybrid host shows no dying cgroups while the memory controller is on v1',
    speaks: () => 'information where both are mounted',
  },
  'memory-pressure': {
    about: 'memory pressure',
    tells: 'whether tasks wait for memory',
    speaks: (limits, p) =>
      `warning from ${pct(p, limits.memoryPressurePct)} of the last minute on; on kernels that do not measure it, below ${pct(p, limits.memoryLeftPct)} of memory left`,
  },
  lookalikes: {
    about: 'other causes of a hot kubelet',
    tells:
      'whether a profile shows disk-usage walks or the like instead, whether a kernel worker or another reader of memory files is busy, or that all of these are ruled out',
    speaks: (limits, p) =>
      `warning where one has ${pct(p, limits.lookalikeSharePct)} of a profile and more than the cause`,
  },
};

/** A limit is a round number: `50 %`, where a measured one would be `50.0 %`. */
function pct(p: Printer, value: number): string {
  return p.percent(value).replace(/\.0 %$/, ' %');
}

function readLimits(limits: Thresholds, p: Printer): string {
  return `warning from ${p.seconds(limits.readWarningSeconds)} on, critical from ${p.seconds(limits.readCriticalSeconds)} on`;
}

/** The table of what the tool tells, in Markdown: a row for every rule. */
export function rulesTable(limits: Thresholds, print: Printer): string {
  const rows = Object.entries(RULE_PROSE).map(
    ([id, { tells, speaks }]) => `| \`${id}\` | ${tells} | ${speaks(limits, print)} |`,
  );
  return ['| id | what it tells | when it speaks up |', '|---|---|---|', ...rows, ''].join('\n');
}
