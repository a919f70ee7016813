import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const LOGS = 'N of /var/log/pods/NS_POD_UID/CONTAINER/N.log';
const FOLDERS = 'folders of /var/log/pods compared';
const UNSEEN = 'in the first minute, without /var/log/pods, or where a folder in it could not be listed';
const UNLISTED = 'in the first minute, or without /var/log/pods';

/** Pods and containers that came and went. */
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
  'pods.restarting[].pod': field('text', 'restarting', 'pod whose containers restarted', FOLDERS, UNSEEN),
  'pods.restarting[].restarts': field('count', 'restarts', 'restarts in the last five minutes', LOGS, UNSEEN),
  'pods.creating[].namespace': field('text', 'creating', 'namespace in which pods were created', FOLDERS, UNLISTED),
  'pods.creating[].pods': field('count', 'pods', 'pods created there in the last five minutes', FOLDERS, UNLISTED),
};
