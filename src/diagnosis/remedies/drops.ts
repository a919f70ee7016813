import { isMissing } from '../../core/missing.ts';
import type { DropMode } from '../../core/note.ts';
import { amount } from '../amount.ts';
import type { Remedy, Situation } from './remedy.ts';

/**
 * drop_caches, by mode, and what no drop reaches. The figures are those of the reproduction on 4.4.155; the kernel's
 * own documentation (sysctl/vm) advises against it outside of testing.
 */
export const DROP_REMEDIES = {
  'drop-slab': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'drop dentries and inodes (drop_caches 2)',
    does: `frees unused dentries and inodes on the whole node${held(situation)}; cgroups that only slab objects pin go 2 to 8 s later, sometimes up to 40 s`,
    cannot: 'does not free objects in use, nor cgroups that pages pin (from 5.3 on slab pins none); the leak goes on',
    danger: `whole node, every pod; 12 s at 30,000 dying cgroups, not interruptible up to 5.4, then file lookups go to disk${serving(situation)}`,
    command: commandOf(2, situation),
    prefer: 'where pages pin, mode 1; for good, stop the churner',
  }),
  'drop-pages': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'drop the page cache (drop_caches 1)',
    does: 'frees all clean pages of files on the whole node; cgroups that only those pin go within seconds',
    cannot: 'frees no dirty page (sync first), no tmpfs page, no slab object, no mapped page',
    danger: `whole node, every pod: all is read from disk again${cached(situation)}; sync can take long where much is dirty`,
    command: commandOf(1, situation),
    prefer: 'where slab pins, mode 2: it leaves the page cache alone',
  }),
  'drop-both': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'drop the page cache, dentries and inodes (drop_caches 3)',
    does: 'modes 1 and 2 together; after sync it frees most cgroups that file pages pin before 5.9',
    cannot: 'frees no page of tmpfs; on 4.4 and 4.18 some cgroups with ext4 pages stayed (cause unknown)',
    danger: `the dangers of modes 1 and 2 together, for every pod${cached(situation)}; sync can take long where much is dirty`,
    command: commandOf(3, situation),
    prefer: 'where only slab pins, mode 2 alone',
  }),
  'remove-tmpfs-files': (_: Situation): Omit<Remedy, 'id'> => ({
    title: 'remove the files that dead containers left in tmpfs',
    does: 'frees the cgroups charged for those files: memory emptyDirs and /dev/shm',
    cannot: 'a file that a process has open stays charged until it is closed; no drop_caches reaches these pages',
    danger: 'they may be data of running pods: find the owner before you remove any',
    // Lists only: which of them may go is not for this tool to say.
    command: 'findmnt -t tmpfs -o TARGET,USED',
    prefer: 'end the pod that owns the volume: kubelet then removes the files',
  }),
} as const;

/** The command for the mode; with `sync` first where the recommendation has it, and wherever dirty pages may pin. */
function commandOf(mode: DropMode, { diagnosis }: Situation): string {
  const drop = diagnosis.recommendedDrop;
  const sync = 'request' in drop && drop.request.mode === mode ? drop.request.sync : mode !== 2;
  return `${sync ? 'sync; ' : ''}echo ${mode} > /proc/sys/vm/drop_caches`;
}

function held({ model, print }: Situation): string {
  const bytes = amount(model.slab.reclaimableBytes);
  return isMissing(bytes) ? '' : ` (${print.bytes(bytes)} of slab are reclaimable)`;
}

function cached({ model, print }: Situation): string {
  const bytes = amount(model.node.pageCacheBytes);
  return isMissing(bytes) ? '' : ` (${print.bytes(bytes)} are cached now)`;
}

function serving({ model, print }: Situation): string {
  const objects = amount(model.dentry.objects);
  return isMissing(objects) ? '' : ` (${print.count(objects)} dentries now)`;
}
