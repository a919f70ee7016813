import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePodLogFolders } from '../../../src/sources/kubernetes/pod-log-folders.ts';
import { nonsense } from '../../support/nonsense.ts';

const UID = '499f39d9-4dcb-11e9-9329-5304f5b02b96';
const STATIC_UID = '1b5a4b7e0e7a45a3c1c1d0f3f8c2a9d4';

test('names by uid, of API pods and static pods', () => {
  const { value, issues } = parsePodLogFolders(`shop_cart-7d9c_${UID}\nkube-system_etcd-node-7_${STATIC_UID}\n`);
  expect(issues).toEqual([]);
  expect(value).toEqual(
    new Map([
      [UID, { namespace: 'shop', pod: 'cart-7d9c' }],
      [STATIC_UID, { namespace: 'kube-system', pod: 'etcd-node-7' }],
    ]),
  );
});

test('an old kubelet made bare uids: the pod is known, its name is absent', () => {
  const { value } = parsePodLogFolders(`${UID}\n`);
  expect(value).toEqual(new Map([[UID, { unavailable: 'absent', detail: expect.stringContaining('no pod names') }]]));
});

test('the uid is what follows the last underscore, the namespace what precedes the first', () => {
  expect(parsePodLogFolders(`a_b_c_${UID}`).value).toEqual(new Map([[UID, { namespace: 'a', pod: 'b_c' }]]));
});

test('names stay as they are: a hostile one is data', () => {
  const { value } = parsePodLogFolders(`{red-fg}_\u001b[2J_${UID}\n`);
  expect(value).toEqual(new Map([[UID, { namespace: '{red-fg}', pod: '\u001b[2J' }]]));
});

test('other folders are ignored, half a name is an issue, an empty list is no failure', () => {
  expect(parsePodLogFolders('lost+found\n')).toEqual({ value: new Map(), issues: [] });
  expect(parsePodLogFolders('')).toEqual({ value: new Map(), issues: [] });
  const { value, issues } = parsePodLogFolders(`shop_cart\n_x_\nshop_cart_${UID}\n`);
  expect(issues.map(({ line }) => line)).toEqual([1, 2]);
  expect(value).toHaveProperty('size', 1);
});

test('never throws', () => {
  fc.assert(
    fc.property(nonsense(`shop_cart_${UID}\n${UID}\n`), (text) => parsePodLogFolders(text).value instanceof Map),
  );
});
