#!/bin/busybox sh
# in-container.sh CGROUP MOUNT TYPE OPTIONS HOST PROGRAM...: runs a program in a cgroup, as a container runtime does: with
# cgroup, mount, PID and host name namespaces of its own, and in them the hierarchy at MOUNT, which then shows its own
# part alone. HOST is where the node's root is mounted; empty for a container that has none.
echo 0 >"$1/cgroup.procs" || exit 1
shift
exec /bin/unshare --cgroup --mount --pid --uts --fork busybox sh -c '
[ -z "$4" ] || { busybox mkdir -p "$4" && busybox mount --rbind / "$4"; } || exit 1
busybox mount -t proc proc /proc || exit 1
busybox umount "$1" && busybox mount -t "$2" -o "$3" none "$1" || exit 1
busybox hostname a-container
shift 4
exec "$@"
' sh "$@"
