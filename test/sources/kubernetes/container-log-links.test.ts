import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseContainerLogLinks } from '../../../src/sources/kubernetes/container-log-links.ts';
import { nonsense } from '../../support/nonsense.ts';

const ID = '3f'.repeat(32);

test('a link names pod, namespace, container and id', () => {
  const { value } = parseContainerLogLinks(`etcd-node-7_kube-system_etcd-main-${ID}.log\n`);
  expect(value).toEqual(new Map([[ID, { pod: 'etcd-node-7', namespace: 'kube-system', container: 'etcd-main' }]]));
});

test('a name that was cut at 255 bytes has no whole id, and says nothing; nor does anything else', () => {
  const long = `${'p'.repeat(130)}_${'n'.repeat(63)}_app-${ID}`.slice(0, 251);
  expect(parseContainerLogLinks(`${long}.log\nlost+found\na_b-${ID}.log\n`).value).toEqual(new Map());
});

test('never throws, whatever the text', () => {
  fc.assert(
    fc.property(nonsense(`cart_shop_app-${ID}.log\n`), (text) => parseContainerLogLinks(text).value instanceof Map),
  );
});
