import { WAITING_CALLS } from '../core/waiting-calls.ts';

/**
 * The system calls that a thread can be caught asleep in, by the numbers of the two architectures that nodes have
 * (`arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/unistd.h`). Other calls keep their number.
 */
const X86_64: Readonly<Record<number, string>> = {
  0: 'read',
  1: 'write',
  2: 'open',
  3: 'close',
  4: 'stat',
  7: 'poll',
  11: 'munmap',
  16: 'ioctl',
  17: 'pread64',
  18: 'pwrite64',
  20: 'writev',
  23: 'select',
  34: 'pause',
  35: 'nanosleep',
  43: 'accept',
  45: 'recvfrom',
  47: 'recvmsg',
  56: 'clone',
  61: 'wait4',
  72: 'fcntl',
  73: 'flock',
  74: 'fsync',
  75: 'fdatasync',
  78: 'getdents',
  82: 'rename',
  83: 'mkdir',
  84: 'rmdir',
  87: 'unlink',
  128: 'rt_sigtimedwait',
  130: 'rt_sigsuspend',
  137: 'statfs',
  162: 'sync',
  165: 'mount',
  166: 'umount2',
  202: 'futex',
  217: 'getdents64',
  219: 'restart_syscall',
  230: 'clock_nanosleep',
  232: 'epoll_wait',
  247: 'waitid',
  257: 'openat',
  262: 'newfstatat',
  263: 'unlinkat',
  270: 'pselect6',
  271: 'ppoll',
  281: 'epoll_pwait',
  288: 'accept4',
  306: 'syncfs',
  332: 'statx',
  435: 'clone3',
  441: 'epoll_pwait2',
};

const ARM64: Readonly<Record<number, string>> = {
  22: 'epoll_pwait',
  25: 'fcntl',
  29: 'ioctl',
  32: 'flock',
  34: 'mkdirat',
  35: 'unlinkat',
  39: 'umount2',
  40: 'mount',
  43: 'statfs',
  56: 'openat',
  57: 'close',
  61: 'getdents64',
  63: 'read',
  64: 'write',
  66: 'writev',
  67: 'pread64',
  68: 'pwrite64',
  72: 'pselect6',
  73: 'ppoll',
  79: 'newfstatat',
  81: 'sync',
  82: 'fsync',
  83: 'fdatasync',
  95: 'waitid',
  98: 'futex',
  101: 'nanosleep',
  115: 'clock_nanosleep',
  128: 'restart_syscall',
  133: 'rt_sigsuspend',
  137: 'rt_sigtimedwait',
  202: 'accept',
  207: 'recvfrom',
  212: 'recvmsg',
  215: 'munmap',
  220: 'clone',
  242: 'accept4',
  260: 'wait4',
  267: 'syncfs',
  276: 'renameat2',
  291: 'statx',
  435: 'clone3',
  441: 'epoll_pwait2',
};

/**
 * The table that fits the numbers seen. No file of an older kernel names its architecture, but the calls that threads
 * are found asleep in do: on x86-64 202 (futex), 281 and 232 (epoll); on arm64 98 (futex) and 22 (epoll), which on
 * x86-64 are `getrusage` and `pipe` and never sleep. Without any of them, no name is given.
 */
export function namesFor(numbers: Iterable<number>): Readonly<Record<number, string>> {
  let x86 = 0;
  let arm = 0;
  for (const number of numbers) {
    if (number === 202 || number === 281 || number === 232) x86++;
    if (number === 98 || number === 22) arm++;
  }
  if (x86 === arm) return {};
  return x86 > arm ? X86_64 : ARM64;
}

/** Whether a call of this name sleeps until something happens. */
export function waitsByNature(call: string): boolean {
  return WAITING_CALLS.has(call);
}
