import type { KnownCache } from './cache-facts.ts';

const INODES = 'files that were looked at, by `du`, backups, image pulls and log collectors above all';

/** Inodes of one file system: alike but for its name. */
function inodes(name: string, fileSystem: string, source: string): KnownCache {
  return { names: [name], holds: `inodes of ${fileSystem}`, grows: INODES, drop: 'frees', of: 'files', source };
}

/** Names, inodes and open files. */
export const FILE_CACHES: readonly KnownCache[] = [
  {
    names: ['dentry'],
    holds: 'names of files that were looked up, also of files that are not there (negative dentries)',
    grows: 'look-ups of ever new names: short-lived containers, temporary files, searches along a PATH',
    drop: 'frees',
    of: 'files',
    source: 'fs/dcache.c',
  },
  {
    names: ['inode_cache'],
    holds: 'inodes of file systems without a cache of their own: sysfs, cgroup files, pipes, eventfds',
    grows: 'readers of cgroup and sysfs files, as cAdvisor is, and the cgroups that there are',
    drop: 'frees',
    source: 'fs/inode.c',
  },
  inodes('ext4_inode_cache', 'ext4', 'fs/ext4/super.c'),
  inodes('xfs_inode', 'xfs', 'fs/xfs/xfs_super.c'),
  inodes('btrfs_inode', 'btrfs', 'fs/btrfs/inode.c'),
  inodes('nfs_inode_cache', 'NFS', 'fs/nfs/inode.c'),
  inodes('ceph_inode_info', 'CephFS', 'fs/ceph/super.c'),
  inodes('cifs_inode_cache', 'SMB', 'fs/cifs/cifsfs.c'),
  inodes('fuse_inode', 'FUSE', 'fs/fuse/inode.c'),
  inodes('ovl_inode', 'overlayfs, the root file systems of containers', 'fs/overlayfs/super.c'),
  inodes('squashfs_inode_cache', 'squashfs, as snaps are', 'fs/squashfs/super.c'),
  inodes('isofs_inode_cache', 'isofs', 'fs/isofs/inode.c'),
  {
    names: ['xfs_ili'],
    holds: 'log items of xfs inodes that were changed; they live as long as their inode',
    grows: 'files that are written, on xfs',
    drop: 'frees',
    of: 'files',
    source: 'fs/xfs/xfs_super.c',
  },
  {
    names: ['ext4_extent_status'],
    holds: 'where the blocks of ext4 files are',
    grows: 'large or fragmented files that are read and written, on ext4',
    drop: 'frees',
    of: 'files',
    source: 'fs/ext4/extents_status.c',
  },
  {
    names: ['proc_inode_cache'],
    holds: 'inodes of /proc: files of processes and sysctls that were looked at',
    grows: 'tools that walk /proc: agents, ps, cAdvisor, where many processes come and go',
    drop: 'frees',
    source: 'fs/proc/inode.c',
  },
  {
    names: ['shmem_inode_cache'],
    holds: 'inodes of tmpfs: memory emptyDirs, /dev/shm, secrets, memfds',
    grows: 'files left in tmpfs',
    drop: 'keeps',
    source: 'mm/shmem.c',
  },
  {
    names: ['hugetlbfs_inode_cache'],
    holds: 'inodes of hugetlbfs',
    grows: 'programs that map huge pages by files',
    drop: 'keeps',
    source: 'fs/hugetlbfs/inode.c',
  },
  {
    names: ['kernfs_node_cache'],
    holds: 'files and folders of cgroups and of sysfs: some tens for every cgroup, and for every slab cache',
    grows:
      'live cgroups; up to 5.8 also dying ones, since /sys/kernel/slab has a folder for each of their copies of caches',
    drop: 'keeps',
    of: 'cgroups',
    source: 'fs/kernfs/mount.c',
  },
  {
    names: ['kernfs_iattrs_cache'],
    holds: 'attributes (owner, mode, xattr) of files of cgroups and of sysfs that were changed',
    grows: 'cgroups that are handed to another user, as user sessions and rootless containers are',
    drop: 'keeps',
    of: 'cgroups',
    source: 'fs/kernfs/mount.c',
  },
  {
    names: ['filp'],
    holds: 'open files, sockets and pipes',
    grows: 'descriptors that are not closed; freed ones wait for RCU under load',
    drop: 'keeps',
    source: 'fs/file_table.c',
  },
  {
    names: ['names_cache'],
    holds: 'paths, 4 KiB each, while a system call uses them',
    grows: 'system calls on paths that hang, as on a dead NFS server',
    drop: 'keeps',
    source: 'fs/dcache.c',
  },
  {
    names: ['file_lock_cache', 'file_lock_ctx'],
    holds: 'locks on files',
    grows: 'programs that lock and never unlock, and NFS servers',
    drop: 'keeps',
    source: 'fs/locks.c',
  },
  {
    names: ['eventpoll_epi', 'eventpoll_pwq'],
    holds: 'descriptors that are watched by epoll',
    grows: 'servers with many connections',
    drop: 'keeps',
    source: 'fs/eventpoll.c',
  },
  {
    names: ['inotify_inode_mark', 'fsnotify_mark_connector'],
    holds: 'watches of files; each keeps its inode',
    grows: 'inotify watchers: log agents, kubelet, cAdvisor on cgroup folders',
    drop: 'keeps',
    source: 'fs/notify/inotify/inotify_user.c',
  },
  {
    names: ['mnt_cache'],
    holds: 'mounts, once for every mount namespace',
    grows: 'containers times mounts: volumes, secrets, overlays; mounts that leak',
    drop: 'keeps',
    source: 'fs/namespace.c',
  },
  {
    names: ['seq_file'],
    holds: 'open files of /proc, sysfs and cgroups',
    grows: 'readers of those files that never close them',
    drop: 'keeps',
    source: 'fs/seq_file.c',
  },
  {
    names: ['proc_dir_entry'],
    holds: 'folders and files of /proc that are no process',
    grows: 'network namespaces, each with its own /proc/net',
    drop: 'keeps',
    source: 'fs/proc/inode.c',
  },
];
