import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const NO_MEMORY = 'no hierarchy with the memory controller is mounted';
const WALK = 'until the cgroups have been walked once';
const TWO_WALKS = 'until the cgroups have been walked for a minute';
const COUNTS = '/proc/cgroups (v1), cgroup.stat (v2)';
const COUNTERS =
  'memory.usage_in_bytes and memory.kmem.usage_in_bytes (v1), memory.current (v2) of parent and children';
const LISTS = 'memory.stat of the parent less those of its live children';
const KINDS = 'until memory.stat was read for it, or within the noise';
const COARSE = `${KINDS}, or where the kernel counts dirty pages of a cgroup in batches`;
const NO_LIMIT = 'it has none, and outside of pods';
const OF_ROOT = 'outside of pods, and in older recordings';
const NO_KMEM = 'on v2, which has no counter of kernel memory';

/** Memory cgroups, live and dying. */
export const MEMCG_FIELDS: Catalogue<Model, 'memcg.'> = {
  'memcg.total': field(
    'count',
    'memory cgroups',
    'memory cgroups, live and dying, the root included',
    COUNTS,
    NO_MEMORY,
  ),
  'memcg.live': field(
    'count',
    'live',
    'those that have a folder',
    'folders of the hierarchy (v1), cgroup.stat nr_descendants (v2)',
    WALK,
  ),
  'memcg.dying': field(
    'count',
    'dying',
    'those that were removed but are kept alive by what is still charged to them',
    'total less live (v1), cgroup.stat nr_dying_subsys_memory or nr_dying_descendants (v2)',
    WALK,
  ),
  'memcg.growthPerSecond': field(
    'countPerSecond',
    'growth of the dying',
    'growth of the dying over the last five minutes',
    COUNTS,
    'in the first minute: growth takes a minute',
  ),
  'memcg.createdPerMinute': field(
    'countPerMinute',
    'cgroups created',
    'cgroups created; one that lives shorter than the time between two walks is not seen',
    'walks compared',
    TWO_WALKS,
  ),
  'memcg.removedPerMinute': field('countPerMinute', 'cgroups removed', 'cgroups removed', 'walks compared', TWO_WALKS),
  'memcg.countedAt': field('time', 'counted at', 'when the live ones were counted', 'clock of the node', WALK),
  'memcg.heldByDying.bytes': field(
    'bytes',
    'held by dying',
    'memory that dying cgroups hold, of every kind',
    COUNTERS,
    WALK,
  ),
  'memcg.heldByDying.kmemBytes': field(
    'bytes',
    'kernel memory held by dying',
    'kernel memory that dying cgroups hold: slab objects and their own structures',
    COUNTERS,
    NO_KMEM,
  ),
  'memcg.heldByDying.pageBytes': field(
    'bytes',
    'pages held by dying',
    'pages that dying cgroups hold: page cache, tmpfs, anonymous memory',
    COUNTERS,
    'on v2 until memory.stat was read for the parents',
  ),
  'memcg.heldByDying.where[].path': field('text', 'below', 'live parent below which they died', 'walk', 'never'),
  'memcg.heldByDying.where[].pod': field(
    'text',
    'pod',
    'pod of that parent, as namespace/name or uid',
    'its path and /var/log/pods',
    'it belongs to no pod',
  ),
  'memcg.heldByDying.where[].bytes': field(
    'bytes',
    'held',
    "parent's value less those of its live children, without what is within the noise of 400 kB",
    COUNTERS,
    'never',
  ),
  'memcg.heldByDying.where[].kmemBytes': field(
    'bytes',
    'kernel memory',
    'the part of it in kernel memory',
    COUNTERS,
    NO_KMEM,
  ),
  'memcg.heldByDying.where[].pageBytes': field(
    'bytes',
    'pages',
    'the part of it in pages',
    COUNTERS,
    'on a v1 root, where the figure is a walk over all dying cgroups',
  ),
  'memcg.pins[].path': field('text', 'below', 'live parent below which they died', 'walk', 'never'),
  'memcg.pins[].pod': field(
    'text',
    'pod',
    'pod of that parent, as namespace/name or uid',
    'its path and /var/log/pods',
    'it belongs to no pod',
  ),
  'memcg.pins[].bytes': field('bytes', 'held', 'all that the dying below it hold', COUNTERS, 'never'),
  'memcg.pins[].kmemBytes': field(
    'bytes',
    'kernel memory',
    'the part of it in kernel memory',
    'memory.kmem.usage_in_bytes (v1), memory.stat (v2)',
    KINDS,
  ),
  'memcg.pins[].fileBytes': field('bytes', 'file pages', 'the part of it in pages of files on disk', LISTS, KINDS),
  'memcg.pins[].cleanBytes': field('bytes', 'clean pages', 'those of them that need not be written', LISTS, COARSE),
  'memcg.pins[].dirtyBytes': field(
    'bytes',
    'dirty pages',
    'those of them that have to be written first',
    LISTS,
    COARSE,
  ),
  'memcg.pins[].tmpfsBytes': field(
    'bytes',
    'tmpfs pages',
    'the part of it in pages of tmpfs, which stay until the files are removed',
    LISTS,
    KINDS,
  ),
  'memcg.pins[].anonBytes': field('bytes', 'anonymous memory', 'the part of it in anonymous memory', LISTS, KINDS),
  'memcg.cgroups[].path': field('text', 'cgroup', 'path in the memory hierarchy', 'walk', WALK),
  'memcg.cgroups[].depth': field('count', 'depth', 'levels below the root', 'walk', WALK),
  'memcg.cgroups[].children': field('count', 'children', 'live cgroups right below it', 'walk', WALK),
  'memcg.cgroups[].pod': field(
    'text',
    'pod',
    'its pod, as namespace/name or uid',
    'its path and /var/log/pods',
    'it belongs to no pod',
  ),
  'memcg.cgroups[].container': field(
    'text',
    'container',
    'what its pod calls the container',
    'its id and /var/log/containers',
    'it is no container, or has no log: a sandbox, say',
  ),
  'memcg.cgroups[].unit': field(
    'text',
    'unit',
    'container id, shortened, or systemd unit',
    'its path',
    'the path names neither',
  ),
  'memcg.cgroups[].qos': field('label', 'QoS class', 'QoS class of its pod', 'its path', 'it is not below kubepods'),
  'memcg.cgroups[].usageBytes': field(
    'bytes',
    'usage',
    'memory charged to it and everything below it, dying ones included',
    'memory.usage_in_bytes (v1), memory.current (v2)',
    'on a v1 root, where the figure is a walk over all dying cgroups',
  ),
  'memcg.cgroups[].kmemBytes': field(
    'bytes',
    'kernel memory',
    'kernel memory charged to it and everything below it',
    'memory.kmem.usage_in_bytes (v1)',
    NO_KMEM,
  ),
  'memcg.cgroups[].limitBytes': field(
    'bytes',
    'limit',
    'what it and everything below it may use',
    'memory.limit_in_bytes (v1), memory.max (v2)',
    NO_LIMIT,
  ),
  'memcg.cgroups[].limitFailures': field(
    'count',
    'limit hit',
    'how often its use was about to go over its limit',
    'memory.failcnt (v1), max of memory.events (v2)',
    OF_ROOT,
  ),
  'memcg.cgroups[].kmemFailures': field(
    'count',
    'kernel memory refused',
    'how often kernel memory was refused to it: "SLUB: Unable to allocate memory on node -1" in the log',
    'memory.kmem.failcnt (v1)',
    'on v2, outside of pods, and where the kernel has no such limit any more',
  ),
  'memcg.cgroups[].oomKills': field(
    'count',
    'OOM kills',
    'processes in it that were killed for want of memory',
    'oom_kill of memory.events (v2)',
    'on v1, and outside of pods',
  ),
  'memcg.cgroups[].pressurePct': field(
    'pct',
    'memory pressure',
    'share of the last minute in which one of its tasks waited for memory',
    'memory.pressure (v2)',
    'on v1, outside of pods, before 4.20, and where pressure accounting is off',
  ),
  'memcg.cgroups[].heldKmemBytes': field(
    'bytes',
    'held kernel memory',
    'kernel memory held by dying cgroups right below it',
    COUNTERS,
    'of leaves, and of parents that processes live in',
  ),
  'memcg.cgroups[].heldPageBytes': field(
    'bytes',
    'held pages',
    'pages held by dying cgroups right below it',
    COUNTERS,
    'of leaves, and of parents that processes live in',
  ),
  'memcg.cgroups[].heldBytes': field(
    'bytes',
    'held',
    'memory held by dying cgroups right below it, of every kind',
    COUNTERS,
    'of leaves, and of parents that processes live in',
  ),
  'memcg.cgroups[].dyingBelow': field(
    'count',
    'dying below',
    'dying cgroups anywhere below it',
    'cgroup.stat nr_dying_descendants (v2)',
    'on v1, which counts them for the whole node only',
  ),
  'memcg.cgroups[].readSeconds': field(
    'seconds',
    'read',
    'what the latest read of its memory.stat took',
    'the read itself',
    'not read yet',
  ),
  'memcg.cgroups[].churnPerMinute': field(
    'countPerMinute',
    'churn',
    'cgroups right below it that were created or removed',
    'walks compared',
    TWO_WALKS,
  ),
};
