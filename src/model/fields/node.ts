import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const RATE = 'at the first sample: a rate takes two';
const PSI = 'before 4.20, or where pressure accounting is off';
const NOTES = '/run/slabtop-k8s.drops';
const NOT_FOLLOWED = 'not followed to its end';
const ROW = 'this kernel has no such row';

/** The node as a whole. */
export const NODE_FIELDS: Catalogue<Model, 'node.'> = {
  'node.busyPct': field(
    'pct',
    'CPU busy',
    'time in which CPUs did something, of all cores together',
    '/proc/stat',
    RATE,
  ),
  'node.systemPct': field('pct', 'CPU in the kernel', 'time in the kernel, of all cores together', '/proc/stat', RATE),
  'node.iowaitPct': field(
    'pct',
    'CPU waiting for disks',
    'time idle while a task waited for a disk, of all cores together',
    '/proc/stat',
    RATE,
  ),
  'node.stealPct': field(
    'pct',
    'CPU steal',
    'time in which CPUs would have run and the hypervisor ran other guests, of all cores together; part of CPU busy',
    '/proc/stat steal',
    RATE,
  ),
  'node.busiestCorePct': field('pct', 'busiest core', 'busy time of the busiest single core', '/proc/stat', RATE),
  'node.loadAverage': field(
    'count',
    'load average',
    'tasks that ran or waited in the kernel, averaged over a minute',
    '/proc/loadavg',
    'never on Linux',
  ),
  'node.memoryTotalBytes': field('bytes', 'memory', 'memory that the kernel manages', '/proc/meminfo MemTotal', ROW),
  'node.memoryAvailableBytes': field(
    'bytes',
    'memory available',
    'memory that could be had without swapping',
    '/proc/meminfo MemAvailable',
    ROW,
  ),
  'node.pageCacheBytes': field('bytes', 'page cache', 'pages of files, tmpfs included', '/proc/meminfo Cached', ROW),
  'node.dirtyBytes': field(
    'bytes',
    'dirty pages',
    'pages of files that wait to be written; no drop frees them',
    '/proc/meminfo Dirty',
    ROW,
  ),
  'node.shmemBytes': field(
    'bytes',
    'tmpfs and shared memory',
    'pages of tmpfs and shared memory; only removing the files frees them',
    '/proc/meminfo Shmem',
    ROW,
  ),
  'node.percpuBytes': field(
    'bytes',
    'per-CPU memory',
    'memory kept once per CPU; every dying cgroup holds some',
    '/proc/meminfo Percpu',
    'before 4.20',
  ),
  'node.memoryPressurePct': field(
    'pct',
    'memory pressure',
    'share of the last minute in which some task waited for memory',
    '/proc/pressure/memory',
    PSI,
  ),
  'node.cpuPressurePct': field(
    'pct',
    'CPU pressure',
    'share of the last minute in which some task waited for a CPU',
    '/proc/pressure/cpu',
    PSI,
  ),
  'node.ioPressurePct': field(
    'pct',
    'I/O pressure',
    'share of the last minute in which some task waited for a disk',
    '/proc/pressure/io',
    PSI,
  ),
  'node.slabDrops': field(
    'count',
    'slab drops since boot',
    'how often 2 or 3 was written to drop_caches since boot, by any process',
    '/proc/vmstat drop_slab',
    ROW,
  ),
  'node.ownDrops[].at': field('time', 'own drop at', 'drop by an instance of this program since boot', NOTES, 'never'),
  'node.ownDrops[].mode': field(
    'label',
    'own drop, mode',
    '1 page cache, 2 dentries and inodes, 3 both',
    NOTES,
    'never',
  ),
  'node.ownDrops[].keptBytes': field(
    'bytes',
    'kernel memory kept',
    'kernel memory that the dying held before it and still held after it; 0 where it was freed',
    NOTES,
    NOT_FOLLOWED,
  ),
  'node.ownDrops[].dyingAfter': field(
    'count',
    'dying after it',
    'how many were dying once it was followed to its end',
    NOTES,
    NOT_FOLLOWED,
  ),
  'node.pageCacheDrops': field(
    'count',
    'page cache drops since boot',
    'how often 1 or 3 was written to drop_caches since boot, by any process',
    '/proc/vmstat drop_pagecache',
    ROW,
  ),
  'node.inodes': field('count', 'inodes', 'inodes in memory', '/proc/sys/fs/inode-state', 'the file may not be read'),
  'node.controllers[].name': field('label', 'controller', 'cgroup v1 controller', '/proc/cgroups', 'never'),
  'node.controllers[].hierarchy': field(
    'label',
    'hierarchy',
    'number of the hierarchy it is mounted in',
    '/proc/cgroups',
    'never',
  ),
  'node.controllers[].cgroups': field(
    'count',
    'cgroups',
    'cgroups of that hierarchy, dying ones included; another controller than memory may leak',
    '/proc/cgroups',
    'never',
  ),
};
