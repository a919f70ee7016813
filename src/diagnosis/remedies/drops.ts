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
    cannot:
      'does not free objects in use, nor cgroups that pages pin (on kernels from 5.3 on slab pins none); the leak begins again at once',
    danger: `whole node, every pod; it took 12 s at 30,000 dying cgroups, cannot be interrupted up to 5.4, and file lookups go to the disk afterwards${serving(situation)}`,
    command: commandOf(2, situation),
    prefer: 'prefer mode 1 where pages pin, and stopping the churner for good',
  }),
  'drop-pages': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'drop the page cache (drop_caches 1)',
    does: 'frees all clean pages of files on the whole node; cgroups that only those pin go within seconds',
    cannot: 'frees no dirty page (sync first), no page of tmpfs, no slab object, no page that is mapped and in use',
    danger: `whole node, every pod: everything is read from the disk again${cached(situation)}; sync can take long where much is dirty`,
    command: commandOf(1, situation),
    prefer: 'prefer mode 2 where slab pins: it leaves the page cache alone',
  }),
  'drop-both': (situation: Situation): Omit<Remedy, 'id'> => ({
    title: 'drop the page cache, dentries and inodes (drop_caches 3)',
    does: 'what modes 1 and 2 do together; after sync it frees most cgroups that a page of a file pins on kernels before 5.9',
    cannot:
      'frees no page of tmpfs; on 4.4 and 4.18 some cgroups with a page of ext4 stayed all the same (cause not known)',
    danger: `the dangers of both modes at once, for every pod${cached(situation)}; sync can take long where much is dirty`,
    command: commandOf(3, situation),
    prefer: 'prefer mode 2 alone where only slab pins',
  }),
  'remove-tmpfs-files': (_: Situation): Omit<Remedy, 'id'> => ({
    title: 'remove the files that dead containers left in tmpfs',
    does: 'lets the cgroups go that were charged for those files: memory emptyDirs and /dev/shm',
    cannot: 'a file that somebody has open stays charged until it is closed; no drop_caches reaches these pages',
    danger: 'they are data of pods that may still run: find out whose they are before you remove any',
    // Lists only: which of them may go is not for this tool to say.
    command: 'findmnt -t tmpfs -o TARGET,USED',
    prefer: 'prefer ending the pod that owns the volume: kubelet then removes the files itself',
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
