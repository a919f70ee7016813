import type { Drop } from '../drop.ts';
import type { Model } from '../model.ts';
import { type Catalogue, type Field, field } from './field.ts';

const TOOL = 'this tool';
const NO_READ = 'nothing is being read right now';

/** What the reading process says of its doings. */
export const PROBE_FIELDS: Catalogue<Model, 'probes.'> = {
  'probes.kubelet.pid': field('label', 'followed', 'process that is followed as kubelet', TOOL, 'no kubelet runs here'),
  'probes.kubelet.startTicks': field(
    'label',
    'start tick',
    'when it was started, in clock ticks',
    TOOL,
    'no kubelet runs here',
  ),
  'probes.kubelet.others[].pid': field(
    'count',
    'other kubelet',
    'another kubelet that runs here',
    TOOL,
    'no kubelet runs here',
  ),
  'probes.kubelet.others[].cgroup': field(
    'text',
    'its cgroup',
    'where that one runs',
    TOOL,
    'the file may not be read',
  ),
  'probes.kubelet.found': field('label', 'found as', 'by which rule it was found', TOOL, 'no kubelet runs here'),
  'probes.inFlight.topic': field('label', 'reading', 'slow read that has not come back yet', TOOL, NO_READ),
  'probes.inFlight.what': field('text', 'reading', 'what it reads, for a person', TOOL, NO_READ),
  'probes.inFlight.path': field('text', 'reading cgroup', 'cgroup that it reads', TOOL, 'it reads more than one'),
  'probes.inFlight.file': field('label', 'reading file', 'file that it reads', TOOL, 'it reads more than one'),
  'probes.inFlight.since.at': field(
    'time',
    'reading since',
    'when it began; the time since is a lower bound of its cost',
    TOOL,
    NO_READ,
  ),
  'probes.inFlight.since.monotonicSeconds': field(
    'seconds',
    'reading since',
    'the same on the monotonic clock',
    TOOL,
    NO_READ,
  ),
  'probes.next[].topic': field('label', 'next', 'what is read next', TOOL, 'never'),
  'probes.next[].inSeconds': field(
    'seconds',
    'in',
    'how long until then; 0 while it waits for its turn',
    TOOL,
    'never',
  ),
  'probes.next[].because': field(
    'label',
    'because of',
    'why then: its period, the budget, the lock, or asked for',
    TOOL,
    'never',
  ),
  'probes.intervalSeconds': field('seconds', 'interval', 'between two ticks', 'option --delay', 'in older recordings'),
  'probes.budgetPct': field(
    'pct',
    'probe budget',
    'largest share of one core that slow reads take',
    'option --probe-budget',
    'never',
  ),
  'probes.spentCpuSeconds': field(
    'seconds',
    'CPU time of slow reads',
    'CPU time of all slow reads since the start, those asked for included',
    TOOL,
    'never',
  ),
  'probes.lock': field(
    'label',
    'lock',
    'held: this instance probes; not-needed: nothing to share',
    'lock file',
    'never',
  ),
  'probes.lock.heldByPid': field(
    'label',
    'probed by',
    'process of the instance that probes instead',
    'lock file',
    'this one probes',
  ),
};

type Moment = 'before' | 'after' | 'minuteAfter';
type DropLeaf = keyof Catalogue<{ readonly drops: readonly Drop[] }, 'drops[].'>;
type NumbersLeaf<At extends Moment> = Extract<DropLeaf, `drops[].${At}.${string}`>;

const MOMENTS: Readonly<Record<Moment, string>> = { before: 'before', after: 'after', minuteAfter: 'a minute later' };

/** The numbers that a drop is judged by, at one moment. */
function dropNumbers<At extends Moment>(at: At, when: string, missing: string): Record<NumbersLeaf<At>, Field> {
  const fields: Record<`drops[].${Moment}.${string}`, Field> = {
    [`drops[].${at}.at`]: field('time', MOMENTS[at], `moment of the numbers ${when}`, 'clock of the node', missing),
    [`drops[].${at}.slabBytes`]: field('bytes', 'slab', `slab memory ${when}`, '/proc/meminfo Slab', missing),
    [`drops[].${at}.dentries`]: field('count', 'dentries', `dentries ${when}`, '/proc/sys/fs/dentry-state', missing),
    [`drops[].${at}.dying`]: field(
      'count',
      'dying memory cgroups',
      `dying memory cgroups ${when}`,
      'as memcg.dying',
      missing,
    ),
    [`drops[].${at}.heldKmemBytes`]: field(
      'bytes',
      'kernel memory held by dying',
      `kernel memory that the dying hold ${when}`,
      'as memcg.heldByDying.kmemBytes',
      missing,
    ),
    [`drops[].${at}.rootReadSeconds`]: field(
      'seconds',
      'root memory.stat read',
      `a read of the root ${when}`,
      'the read itself',
      missing,
    ),
    [`drops[].${at}.kubeletSystemPct`]: field(
      'pct',
      'kubelet system CPU',
      `system CPU of kubelet ${when}`,
      '/proc/PID/stat stime',
      missing,
    ),
  };
  return fields as Record<NumbersLeaf<At>, Field>;
}

/** Drops of caches that this tool was asked for. */
export const DROP_FIELDS: Catalogue<Model, 'drops[].'> = {
  'drops[].id': field('label', 'drop', 'names the drop in events', TOOL, 'never'),
  'drops[].request.mode': field(
    'label',
    'mode',
    '1 page cache, 2 dentries and inodes, 3 both',
    'the person who asked',
    'never',
  ),
  'drops[].request.sync': field(
    'flag',
    'sync first',
    'dirty pages were written first',
    'the person who asked',
    'never',
  ),
  'drops[].startedAt': field('time', 'asked at', 'when it was asked for', 'clock of the node', 'never'),
  'drops[].startedMonotonicSeconds': field('seconds', 'asked at', 'the same on the monotonic clock', TOOL, 'never'),
  'drops[].phase': field('label', 'phase', 'how far it has come', TOOL, 'never'),
  'drops[].rehearsal': field('flag', 'rehearsal', 'nothing was written: a demo or a fixture', TOOL, 'never'),
  'drops[].error': field('text', 'error', 'why it failed', 'answer of the kernel', 'it did not fail'),
  'drops[].doneAt': field('time', 'write over at', 'when the write was over', 'clock of the node', 'until then'),
  'drops[].writeSeconds': field(
    'seconds',
    'write took',
    'time that the write to drop_caches took',
    TOOL,
    'until it is over',
  ),
  ...dropNumbers('before', 'before the drop', 'nothing was known yet'),
  ...dropNumbers('after', 'once the dying were few or had not moved for a minute', 'until it was measured after that'),
  ...dropNumbers('minuteAfter', 'a minute after that', 'until it was measured after that'),
};

/** What happened. */
export const EVENT_FIELDS: Catalogue<Model, 'events[].'> = {
  'events[].kind': field('label', 'event', 'what happened', TOOL, 'never'),
  'events[].at': field('time', 'at', 'when', 'clock of the node', 'never'),
  'events[].monotonicSeconds': field('seconds', 'at', 'the same on the monotonic clock', TOOL, 'never'),
  'events[].dropId': field('label', 'drop', 'drop that began', TOOL, 'of other kinds'),
  'events[].slabDrops': field(
    'count',
    'slab drops',
    'times another process dropped slab',
    '/proc/vmstat drop_slab',
    'of other kinds',
  ),
  'events[].pageCacheDrops': field(
    'count',
    'page cache drops',
    'times another process dropped page cache',
    '/proc/vmstat drop_pagecache',
    'of other kinds',
  ),
  'events[].pid': field('label', 'kubelet', 'kubelet it is about', '/proc', 'of other kinds'),
  'events[].pidBefore': field('label', 'kubelet before', 'kubelet before a restart', '/proc', 'of other kinds'),
  'events[].seconds': field('seconds', 'gap', 'length of a gap without samples', TOOL, 'of other kinds'),
  'events[].path': field('text', 'file', 'file that was written', TOOL, 'of other kinds'),
  'events[].id': field('label', 'finding', 'finding that became worse or is over', TOOL, 'of other kinds'),
  'events[].severity': field('label', 'how bad', 'how bad it became', TOOL, 'of other kinds'),
  'events[].text': field('text', 'what it says', 'what the finding says', TOOL, 'of other kinds'),
  'events[].inSeconds': field('seconds', 'rest', 'how long the slow reads rest', TOOL, 'of other kinds'),
  'events[].field': field('label', 'value', 'value that was lost or is back', TOOL, 'of other kinds'),
  'events[].reason': field('label', 'why', 'why it was lost', TOOL, 'of other kinds'),
};
