/**
 * Files of the kernel that are one record: its seq_file gives a record whole where the buffer has room for it, so that
 * a read which left room has seen the end, and the second read that every other file takes is saved. Not the files of
 * many records (mounts, slabinfo, vmstat, cgroup.procs): there a read ends where the next record does not fit a page.
 */
const ONE_RECORD =
  /\/(?:memory\.[a-z_.]+|cgroup\.stat|cgroups|stat|schedstat|io|syscall|wchan|meminfo|loadavg|uptime|smaps_rollup|dentry-state|inode-state)$/;

/** Whether what a read gave, and that left room in the buffer, is the whole file. */
export function isOneRecord(file: string): boolean {
  return ONE_RECORD.test(file);
}
