import type { KnownCache } from './cache-facts.ts';

const THREADS = 'processes and threads, also those that ended and were never waited for (zombies)';

/** Processes, threads, their rights and namespaces. */
export const PROCESS_CACHES: readonly KnownCache[] = [
  {
    names: ['task_struct', 'thread_stack', 'task_delay_info'],
    holds: 'threads, with the stack of each on some machines',
    grows: THREADS,
    drop: 'keeps',
    source: 'kernel/fork.c',
  },
  {
    names: ['signal_cache', 'sighand_cache', 'files_cache', 'fs_cache'],
    holds: 'what the threads of a process share: signals, descriptors, working folder',
    grows: 'processes, also those that ended and were never waited for (zombies)',
    drop: 'keeps',
    source: 'kernel/fork.c',
  },
  {
    names: ['cred_jar'],
    holds: 'rights of threads and of open files; each keeps its user namespace and keyrings',
    grows: `${THREADS}; open files keep the rights they were opened with`,
    drop: 'keeps',
    source: 'kernel/cred.c',
  },
  {
    names: ['pid', 'pid_*'],
    holds: 'process ids; an open /proc/PID file or pidfd keeps one',
    grows: THREADS,
    drop: 'keeps',
    source: 'kernel/pid.c',
  },
  {
    names: ['sigqueue'],
    holds: 'signals that wait to be delivered',
    grows: 'a process that is stopped or stuck while others signal it',
    drop: 'keeps',
    source: 'kernel/signal.c',
  },
  {
    names: ['posix_timers_cache'],
    holds: 'POSIX timers',
    grows: 'a program that makes timers and never deletes them',
    drop: 'keeps',
    source: 'kernel/time/posix-timers.c',
  },
  {
    names: ['nsproxy', 'pid_namespace', 'uts_namespace', 'user_namespace'],
    holds: 'namespaces of containers',
    grows: 'containers, and namespaces that an open file or a mount keeps',
    drop: 'keeps',
    source: 'kernel/nsproxy.c',
  },
  {
    names: ['key_jar'],
    holds: 'keys and keyrings',
    grows: 'sessions and containers with a keyring each; Kerberos and encrypted file systems',
    drop: 'keeps',
    source: 'security/keys/key.c',
  },
  {
    names: ['lsm_inode_cache', 'selinux_inode_security'],
    holds: "a security module's label of each inode that is in memory; it goes with the inode",
    grows: 'inodes, whatever makes those grow',
    drop: 'frees',
    of: 'files',
    source: 'security/security.c',
  },
  {
    names: ['lsm_file_cache', 'selinux_file_security'],
    holds: "a security module's label of each open file",
    grows: 'open files',
    drop: 'keeps',
    source: 'security/security.c',
  },
  {
    names: ['avc_node', 'avc_xperms_node', 'avtab_node'],
    holds: 'rules and decisions of SELinux',
    grows: 'labels of containers, and the size of the policy',
    drop: 'keeps',
    source: 'security/selinux/avc.c',
  },
  {
    names: ['trace_event_file', 'ftrace_event_field'],
    holds: 'trace points',
    grows: 'instances of tracefs that are not removed',
    drop: 'keeps',
    source: 'kernel/trace/trace_events.c',
  },
  {
    names: ['pool_workqueue'],
    holds: 'work queues of the kernel',
    grows: 'devices, file systems and network namespaces, each with queues of its own',
    drop: 'keeps',
    source: 'kernel/workqueue.c',
  },
  {
    names: ['taskstats'],
    holds: 'statistics of processes that ended',
    grows: 'processes with many threads, while a listener of taskstats runs',
    drop: 'keeps',
    source: 'kernel/taskstats.c',
  },
];
