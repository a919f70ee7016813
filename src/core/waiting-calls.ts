/**
 * System calls in which a thread sleeps until a time, an event, a message, another thread or a child (syscalls(2)); of
 * futex, only some operations.
 */
export const WAITING_CALLS: ReadonlySet<string> = new Set([
  'accept',
  'accept4',
  'clock_nanosleep',
  'epoll_pwait',
  'epoll_pwait2',
  'epoll_wait',
  'futex',
  'nanosleep',
  'pause',
  'poll',
  'ppoll',
  'pselect6',
  'recvfrom',
  'recvmsg',
  'restart_syscall',
  'rt_sigsuspend',
  'rt_sigtimedwait',
  'select',
  'wait4',
  'waitid',
]);
