/** USER_HZ: the unit of /proc/PID/stat on every architecture that Kubernetes runs on (proc(5)). */
export const TICKS_PER_SECOND = 100;
