#!/bin/sh
# Starts the Node of this folder with the loader and the libraries of this folder: nothing of the system's is used.
# `bin/slabtop-k8s` may be called by a link, as /usr/bin/slabtop-k8s of the Debian package is.
here=$(readlink -f -- "$0") || exit 1
lib=${here%/bin/*}/lib
case $lib in
*[:\;$]*)
  echo "slabtop-k8s: the loader cannot use a folder with : or ; or \$ in its name: $lib" >&2
  exit 1
  ;;
esac
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144
exec "$lib/ld-linux-x86-64.so.2" --inhibit-cache --library-path "$lib" "$lib/node" \
  --single-threaded --predictable --memory-reducer --min-semi-space-size=2 --max-semi-space-size=2 --heap-growing-percent=30 --no-minor-gc-task "$lib/slabtop-k8s-start.cjs" "$@"
