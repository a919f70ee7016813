import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const RATE = 'at the first sample: a rate takes two';

/** Timed reads. */
export const READS_FIELDS: Catalogue<Model, 'reads[].'> = {
  'reads[].path': field('text', 'read of', 'cgroup whose file was read', 'walk', 'never'),
  'reads[].file': field('label', 'file', 'file that was read', 'the read itself', 'never'),
  'reads[].wallSeconds': field(
    'seconds',
    'wall',
    'time from before it was opened until it was read',
    'monotonic clock around the read',
    'the file could not be read, or the fixture declares no time',
  ),
  'reads[].cpuSeconds': field(
    'seconds',
    'CPU',
    'CPU time of the reading thread, user and system together',
    '/proc/thread-self/schedstat around the read',
    'as for wallSeconds, or where the kernel has no schedstat',
  ),
  'reads[].systemSeconds': field(
    'seconds',
    'system',
    'the part of it in the kernel',
    'times of the reading thread around the read',
    'below 50 ms, where the kernel splits by chance',
  ),
  'reads[].at': field('time', 'at', 'when it was over', 'clock of the node', 'never'),
  'reads[].pod': field('text', 'pod', 'pod of the cgroup', 'its path and /var/log/pods', 'it belongs to no pod'),
  'reads[].beforeDrop': field(
    'flag',
    'before the drop',
    'it began before caches were dropped, and says nothing of now',
    'this tool',
    'never',
  ),
  'reads[].byOther': field(
    'flag',
    'by another instance',
    'another instance of this tool on this node made it',
    'lock file',
    'never',
  ),
};

/** The processes with the most system time. */
export const PROCESS_FIELDS: Catalogue<Model, 'processes[].'> = {
  'processes[].pid': field('label', 'pid', 'process id', '/proc', 'never'),
  'processes[].comm': field('text', 'process', 'name of the process', '/proc/PID/stat', 'never'),
  'processes[].cpuPct': field('pct', 'CPU', 'CPU time, of one core', '/proc/PID/stat', RATE),
  'processes[].userPct': field('pct', 'user', 'the part of it in its own code', '/proc/PID/stat utime', RATE),
  'processes[].systemPct': field('pct', 'system', 'the part of it in the kernel', '/proc/PID/stat stime', RATE),
  'processes[].threads': field('count', 'threads', 'its threads', '/proc/PID/stat', 'never'),
  'processes[].rssBytes': field(
    'bytes',
    'RSS',
    'its resident memory',
    '/proc/PID/stat rss',
    'the page size is not known yet',
  ),
};

/** What the tool itself costs. */
export const SELF_FIELDS: Catalogue<Model, 'self.'> = {
  'self.cpuPct': field('pct', 'own CPU', 'CPU time of all processes of this tool, of one core', '/proc/PID/stat', RATE),
  'self.rssBytes': field(
    'bytes',
    'own RSS',
    'resident memory of all of them',
    '/proc/PID/stat rss',
    'until they were looked at',
  ),
  'self.pssBytes': field(
    'bytes',
    'own PSS',
    'the same with pages that they share counted once',
    '/proc/PID/smaps_rollup',
    'before 4.14, and for the first half minute',
  ),
  'self.proberCpuPct': field(
    'pct',
    'CPU of the reading process',
    'CPU time of the process that reads the kernel',
    '/proc/PID/stat',
    RATE,
  ),
};
