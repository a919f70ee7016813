import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const ROOT = 'without root, and until the file has been read once';
const GROWTH = 'in the first minute: growth takes a minute';
const SLABINFO = '/proc/slabinfo';

/** Slab memory and its caches. */
export const SLAB_FIELDS: Catalogue<Model, 'slab.'> = {
  'slab.totalBytes': field(
    'bytes',
    'slab',
    'memory of all slab caches',
    '/proc/meminfo Slab',
    'this kernel has no such row',
  ),
  'slab.reclaimableBytes': field(
    'bytes',
    'slab reclaimable',
    'the part the kernel may free when it needs memory: dentries, inodes',
    '/proc/meminfo SReclaimable',
    'this kernel has no such row',
  ),
  'slab.unreclaimableBytes': field(
    'bytes',
    'slab unreclaimable',
    'the part it may not free',
    '/proc/meminfo SUnreclaim',
    'this kernel has no such row',
  ),
  'slab.growthBytesPerSecond': field(
    'bytesPerSecond',
    'slab growth',
    'growth of all slab caches over the last five minutes',
    '/proc/meminfo Slab',
    GROWTH,
  ),
  'slab.caches[].name': field(
    'text',
    'cache',
    'name of the cache; the second of one name has (2) behind it',
    SLABINFO,
    ROOT,
  ),
  'slab.caches[].activeObjects': field('count', 'active', 'objects in use', SLABINFO, ROOT),
  'slab.caches[].objects': field('count', 'objects', 'objects there is room for', SLABINFO, ROOT),
  'slab.caches[].objectBytes': field('bytes', 'object size', 'size of one object', SLABINFO, ROOT),
  'slab.caches[].slabs': field('count', 'slabs', 'slabs of the cache', SLABINFO, ROOT),
  'slab.caches[].sizeBytes': field('bytes', 'size', 'memory of the cache: slabs times pages of a slab', SLABINFO, ROOT),
  'slab.caches[].growthBytesPerSecond': field(
    'bytesPerSecond',
    'growth',
    'growth over the last five minutes',
    SLABINFO,
    GROWTH,
  ),
  'slab.caches[].objectsPerSlab': field('count', 'obj/slab', 'objects that fit into one slab', SLABINFO, ROOT),
  'slab.caches[].pagesPerSlab': field('count', 'pages/slab', 'pages of one slab', SLABINFO, ROOT),
  'slab.caches[].activeSlabs': field('count', 'active slabs', 'slabs with an object in use', SLABINFO, ROOT),
  'slab.caches[].usePct': field('pct', 'use', 'objects in use, of those there is room for', SLABINFO, ROOT),
  'slab.cachesAt': field('time', 'caches read at', 'when the caches were read', 'clock of the node', ROOT),
};

/** Dentries. */
export const DENTRY_FIELDS: Catalogue<Model, 'dentry.'> = {
  'dentry.objects': field(
    'count',
    'dentries',
    'file names that the kernel remembers',
    '/proc/sys/fs/dentry-state',
    'never on Linux',
  ),
  'dentry.unused': field(
    'count',
    'dentries unused',
    'unused dentries, which a drop can free',
    '/proc/sys/fs/dentry-state',
    'never on Linux',
  ),
  'dentry.negative': field(
    'count',
    'dentries negative',
    'names of files that do not exist: looked up, not found, remembered',
    '/proc/sys/fs/dentry-state',
    'before 5.0, which do not count them',
  ),
  'dentry.sizeBytes': field('bytes', 'dentry memory', 'memory of the dentry caches', '/proc/slabinfo', ROOT),
  'dentry.growthPerSecond': field(
    'countPerSecond',
    'dentry growth',
    'growth over the last five minutes',
    '/proc/sys/fs/dentry-state',
    GROWTH,
  ),
};
