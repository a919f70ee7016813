import type { KnownCache } from './cache-facts.ts';

/** Disks and other devices. */
export const DEVICE_CACHES: readonly KnownCache[] = [
  {
    names: ['bio', 'bio-*', 'biovec-*'],
    holds: 'reads and writes of disks that are on their way',
    grows: 'a disk that is slower than what is asked of it',
    drop: 'keeps',
    source: 'block/bio.c',
  },
  {
    names: ['blkdev_ioc', 'request_queue', 'blkdev_requests'],
    holds: 'queues of disks, and who uses them',
    grows: 'block devices: volumes, loop devices; processes that use them',
    drop: 'keeps',
    source: 'block/blk-ioc.c',
  },
  {
    names: ['bdev_cache'],
    holds: 'block devices, as files',
    grows: 'volumes and loop devices',
    drop: 'keeps',
    source: 'fs/block_dev.c',
  },
  {
    names: ['xfs_buf', 'xfs_buf_item'],
    holds: 'metadata of xfs that is in memory',
    grows: 'files that were looked at on xfs; a shrinker of its own frees it',
    drop: 'frees',
    of: 'files',
    source: 'fs/xfs/xfs_buf.c',
  },
  {
    names: ['io_kiocb', 'aio_kiocb', 'kioctx'],
    holds: 'asynchronous reads and writes (io_uring, aio)',
    grows: 'programs that ask for many at once',
    drop: 'keeps',
    source: 'fs/io_uring.c',
  },
  {
    names: ['mlx5_*'],
    holds: 'rules and flows of a Mellanox network card',
    grows: 'flows that the card handles, connections and VFs; some drivers leak them',
    drop: 'keeps',
    source: 'drivers/net/ethernet/mellanox/mlx5/core/fs_core.c',
  },
  {
    names: ['Acpi-*'],
    holds: 'objects of the firmware',
    grows: 'the firmware: it is about constant',
    drop: 'keeps',
    source: 'drivers/acpi/osl.c',
  },
  {
    names: ['scsi_sense_cache', 'sgpool-*'],
    holds: 'commands to SCSI disks that are on their way',
    grows: 'a disk that does not answer',
    drop: 'keeps',
    source: 'drivers/scsi/scsi_lib.c',
  },
];
