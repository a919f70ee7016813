import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const RATE = 'at the first sample and after a restart: a rate takes two samples of one process';
const NO_KUBELET = 'no kubelet runs here and no other process was named';
const COMMAND = 'the command line has not been read yet, or not there';

/** kubelet, or the process that was named in its place. */
export const KUBELET_FIELDS: Catalogue<Model, 'kubelet.'> = {
  'kubelet.pid': field('label', 'its process id', '/proc', NO_KUBELET),
  'kubelet.command': field(
    'text',
    'its command line; values of flags that may hold a secret are left out',
    '/proc/PID/cmdline',
    COMMAND,
  ),
  'kubelet.cpuPct': field('pct', 'CPU time, of one core; more than one thread can be busy', '/proc/PID/stat', RATE),
  'kubelet.userPct': field('pct', 'the part of it in its own code', '/proc/PID/stat utime', RATE),
  'kubelet.systemPct': field(
    'pct',
    'the part of it in the kernel; slow reads of memory.stat stand here',
    '/proc/PID/stat stime',
    RATE,
  ),
  'kubelet.threads': field('count', 'its threads', '/proc/PID/stat', NO_KUBELET),
  'kubelet.uptimeSeconds': field('seconds', 'time since it was started', '/proc/PID/stat starttime', NO_KUBELET),
  'kubelet.startTicks': field(
    'label',
    'when it was started, in clock ticks since boot; tells it from another with its pid',
    '/proc/PID/stat',
    NO_KUBELET,
  ),
  'kubelet.others[].pid': field('count', 'another kubelet that runs here, as one inside of a pod', '/proc', NO_KUBELET),
  'kubelet.others[].cgroup': field('text', 'where that one runs', '/proc/PID/cgroup', 'the file may not be read'),
  'kubelet.found': field('label', 'by which rule it was found', 'comm, executable and arguments', NO_KUBELET),
  'kubelet.version': field('text', 'its version', 'its command line, where it stands there', COMMAND),
  'kubelet.housekeepingSeconds': field(
    'seconds',
    'how often it reads every cgroup; 10 s where it is not given',
    '--housekeeping-interval on its command line',
    'the flag is not given',
  ),
  'kubelet.rssBytes': field('bytes', 'its resident memory', '/proc/PID/stat rss', NO_KUBELET),
  'kubelet.contextSwitchesPerSecond': field(
    'countPerSecond',
    'context switches of all its threads',
    '/proc/PID/task/TID/schedstat',
    RATE,
  ),
  'kubelet.readBytesPerSecond': field(
    'bytesPerSecond',
    'bytes that its read calls returned, kernel files included',
    '/proc/PID/io rchar',
    `without root; ${RATE}`,
  ),
  'kubelet.readCallsPerSecond': field(
    'countPerSecond',
    'its read calls',
    '/proc/PID/io syscr',
    `without root; ${RATE}`,
  ),
  'kubelet.threadRows[].tid': field('label', 'thread id', '/proc/PID/task', 'never'),
  'kubelet.threadRows[].comm': field('text', 'name of the thread', '/proc/PID/task/TID/stat', 'never'),
  'kubelet.threadRows[].state': field(
    'label',
    'R runs, S sleeps, D waits in the kernel; the other letters are those of proc(5)',
    '/proc/PID/task/TID/stat',
    'never',
  ),
  'kubelet.threadRows[].processor': field('label', 'CPU it ran on last', '/proc/PID/task/TID/stat', 'never'),
  'kubelet.threadRows[].cpuPct': field('pct', 'CPU time, of one core', '/proc/PID/task/TID/stat', RATE),
  'kubelet.threadRows[].userPct': field('pct', 'the part of it in its own code', '/proc/PID/task/TID/stat', RATE),
  'kubelet.threadRows[].systemPct': field('pct', 'the part of it in the kernel', '/proc/PID/task/TID/stat', RATE),
  'kubelet.threadRows[].cpuSeconds': field(
    'seconds',
    'CPU time since the thread began',
    '/proc/PID/task/TID/stat',
    'never',
  ),
  'kubelet.heldFiles[].pid': field('label', 'process that has the file open', '/proc/PID/fd', 'never'),
  'kubelet.heldFiles[].comm': field('text', 'name of that process', '/proc/PID/stat', 'never'),
  'kubelet.heldFiles[].file': field('text', 'memory file of a cgroup that is open', '/proc/PID/fd', 'never'),
  'kubelet.heldFiles[].openPct': field(
    'pct',
    'looks of the last minute at which it was open: a slow read holds its file open',
    '/proc/PID/fd',
    'never',
  ),
  'kubelet.heldFiles[].readingPct': field(
    'pct',
    'looks of the last minute at which its first read was not back and a thread ran in the kernel: the share of time in it',
    '/proc/PID/fdinfo/FD pos',
    'the position cannot be had',
  ),
  'kubelet.fileLooks': field('count', 'looks at open files in the last minute', '/proc/PID/fd', 'not looked yet'),
  'kubelet.heldFiles[].openNow': field('flag', 'open at the last look', '/proc/PID/fd', 'never'),
  'kubelet.syscallRows[].kind': field(
    'label',
    'call: asleep in a system call; running: on a CPU, in its own code or in the kernel; blocked: asleep in a page fault or a signal',
    '/proc/PID/task/TID/syscall',
    'never',
  ),
  'kubelet.syscallRows[].name': field('text', 'name of the system call', '/proc/PID/task/TID/syscall', 'never'),
  'kubelet.syscallRows[].looks': field(
    'count',
    'looks of the last minute at which a thread was there',
    '/proc/PID/task/TID/syscall',
    'never',
  ),
  'kubelet.syscallRows[].looksPct': field(
    'pct',
    'the same, of all looks at threads in the last minute',
    '/proc/PID/task/TID/syscall',
    'never',
  ),
  'kubelet.syscallRows[].threads': field(
    'count',
    'different threads that were seen there',
    '/proc/PID/task/TID/syscall',
    'never',
  ),
  'kubelet.syscallRows[].waits': field(
    'flag',
    'the call sleeps until something happens, so that time in it is no work',
    'the name of the call',
    'never',
  ),
  'kubelet.syscallRows[].systemPct': field(
    'pct',
    'part of the CPU time of the threads on a CPU that was in the kernel',
    '/proc/PID/task/TID/stat',
    'for threads that sleep, and until two samples of a thread are there',
  ),
  'kubelet.syscallRows[].wchans[].name': field(
    'text',
    'kernel function that threads slept in',
    '/proc/PID/task/TID/wchan',
    'never',
  ),
  'kubelet.syscallRows[].wchans[].looksPct': field(
    'pct',
    'looks at which a thread slept in it, of all looks of the last minute',
    '/proc/PID/task/TID/wchan',
    'never',
  ),
};
