import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const CONTAINER = 'the file is not there or may not be read';

/** What hardly changes about the node. */
export const HOST_FIELDS: Catalogue<Model, 'host.'> = {
  'host.name': field(
    'text',
    'node',
    'name of the node',
    "NODE_NAME; the node's /etc/hostname below another root; /proc/sys/kernel/hostname",
    CONTAINER,
  ),
  'host.kernel': field(
    'text',
    'kernel',
    'kernel release, as uname -r prints it',
    '/proc/sys/kernel/osrelease',
    CONTAINER,
  ),
  'host.distribution': field(
    'text',
    'distribution',
    'distribution and its version',
    '/etc/os-release PRETTY_NAME',
    CONTAINER,
  ),
  'host.distributionId': field(
    'label',
    'distribution id',
    'short name of the distribution',
    '/etc/os-release ID',
    CONTAINER,
  ),
  'host.cgroup': field(
    'label',
    'memory cgroups',
    'version of the hierarchy in which the memory controller lives',
    '/proc/1/mounts',
    'no hierarchy with the memory controller is mounted',
  ),
  'host.cgroupRoot': field(
    'text',
    'mounted at',
    'where that hierarchy is mounted',
    '/proc/1/mounts',
    'no hierarchy with the memory controller is mounted',
  ),
  'host.cgroupView': field(
    'label',
    'hierarchy seen',
    "whole: the hierarchy's own root is mounted there; part: a container's part of it, so that counts are unknown",
    'release_agent (v1), cgroup.events (v2), root field of /proc/1/mountinfo',
    'none of these files is there, as in old recordings',
  ),
  'host.hybrid': field(
    'flag',
    'both versions mounted',
    'both versions are mounted; cgroup.stat of the v2 side then says nothing about memory cgroups on v1',
    '/proc/1/mounts',
    'the mount table could not be read',
  ),
  'host.cpus.online': field('count', 'CPUs online', 'CPUs that run', '/sys/devices/system/cpu/online', CONTAINER),
  'host.cpus.possible': field(
    'count',
    'CPUs possible',
    'CPUs the kernel has made room for; up to 4.18 a read of memory.stat visits every one of them',
    '/sys/devices/system/cpu/possible',
    CONTAINER,
  ),
  'host.uptimeSeconds': field('seconds', 'up', 'time since the node booted', '/proc/uptime', CONTAINER),
  'host.bootCommand': field(
    'text',
    'kernel command line',
    'command line of the kernel; cgroup.memory=nokmem stands there',
    '/proc/cmdline',
    CONTAINER,
  ),
};
