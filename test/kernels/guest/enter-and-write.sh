#!/bin/busybox sh
# enter-and-write.sh HIERARCHY FOLDER BYTES, cgroup paths on standard input: enters each and writes a file of so many
# bytes, which is charged to it. A shell, because what it needs itself goes away with it, and no program is started.
content=$(busybox head -c "$3" /dev/zero | busybox tr '\0' x)
while read -r path; do
  echo 0 >"$1$path/cgroup.procs" || exit 1
  printf %s "$content" >"$2/${path##*/}" || exit 1
done
echo 0 >"$1/cgroup.procs"
