import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const LOGS = 'N of /var/log/pods/NS_POD_UID/CONTAINER/N.log';
const FOLDERS = 'folders of /var/log/pods compared';
const UNSEEN = 'in the first minute, without /var/log/pods, or where a folder in it could not be listed';
const UNLISTED = 'in the first minute, or without /var/log/pods';

const WALK = 'folders of the memory hierarchy';
const POPULATED = 'cgroup.events (v2); cgroup.procs of the pod and of what is below it (v1)';
const UNWALKED = 'before the first walk';

/** Pods and containers that came and went, and those left over. */
export const PODS_FIELDS: Catalogue<Model, 'pods.'> = {
  'pods.restartsPerMinute': field(
    'countPerMinute',
    'restarts of containers',
    'restarts of containers, over the last five minutes',
    LOGS,
    UNSEEN,
  ),
  'pods.createdPerMinute': field(
    'countPerMinute',
    'pods created',
    'pods created, over the last five minutes; one gone within 15 s may not be seen',
    FOLDERS,
    UNLISTED,
  ),
  'pods.cgroups': field('count', 'pod cgroups', 'pods that have a cgroup', WALK, UNWALKED),
  'pods.withoutProcess': field(
    'count',
    'pods without a process',
    'pod cgroups with no process in them or below: starting, ending or left over',
    POPULATED,
    UNWALKED,
  ),
  'pods.leftover': field(
    'count',
    'pods left over',
    'pod cgroups without a process for five minutes or longer',
    POPULATED,
    UNWALKED,
  ),
  'pods.empty[].path': field('text', 'empty pod', 'cgroup of a pod without a process', POPULATED, UNWALKED),
  'pods.empty[].pod': field('text', 'pod', 'its pod, by the name that was last known; else its uid', FOLDERS, UNWALKED),
  'pods.empty[].emptySeconds': field(
    'seconds',
    'without a process',
    'since when no walk has seen a process in it',
    POPULATED,
    UNWALKED,
  ),
  'pods.restarting[].pod': field('text', 'restarting', 'pod whose containers restarted', FOLDERS, UNSEEN),
  'pods.restarting[].restarts': field('count', 'restarts', 'restarts in the last five minutes', LOGS, UNSEEN),
  'pods.creating[].namespace': field('text', 'creating', 'namespace in which pods were created', FOLDERS, UNLISTED),
  'pods.creating[].pods': field('count', 'pods', 'pods created there in the last five minutes', FOLDERS, UNLISTED),
};
