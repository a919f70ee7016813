import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Maybe, missing } from '../../../src/core/missing.ts';
import { kubeletFlavourOf } from '../../../src/sources/kubernetes/kubelet-flavour.ts';

const denied = missing('denied', '/proc/1342/exe: EACCES');

/** A process as its own command line would make it: comm is the start of the executable's name. */
function process(line: string, comm: string, executable: Maybe<string> = denied) {
  return { comm, argv: line.split(' '), executable };
}

test.each([
  ['kubelet', process('/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml', 'kubelet', '/usr/bin/kubelet')],
  ['kubelet', process('/usr/bin/kubelet', 'kubelet', '/usr/bin/kubelet (deleted)')],
  ['kubelet', process('/opt/bin/kubelet', 'kubelet', '/opt/bin/kubelet-v1.18.8')],
  ['kubelet', process('kubelet --v=2', 'kubelet', '/usr/local/bin/hyperkube')],
  ['kubelet', process('kubelet --resolv-conf=/etc/resolv.conf', 'kubelet')],
  ['hyperkube', process('/usr/bin/hyperkube kubelet --v=2', 'hyperkube', '/usr/bin/hyperkube')],
  ['rke2', process('kubelet --kubeconfig=/var/lib/rancher/rke2/agent/kubelet.kubeconfig', 'kubelet')],
  ['rke2', process('kubelet --v=2', 'kubelet', '/var/lib/rancher/rke2/data/v1.28.12-rke2r1-25a18a8bd2da/bin/kubelet')],
  ['k0s', process('/var/lib/k0s/bin/kubelet --v=1', 'kubelet')],
  [
    'kubelite',
    process('/snap/microk8s/2546/kubelite --kubelet-args-file=/var/snap/microk8s/2546/args/kubelet', 'kubelite'),
  ],
  ['openshift', process('/usr/bin/openshift start node --config=/etc/origin/node/node-config.yaml', 'openshift')],
  ['openshift', process('openshift start --config=all-in-one', 'openshift')],
  ['microshift', process('/usr/bin/microshift run', 'microshift')],
  ['kubelet', { comm: 'kubelet', argv: ['/opt/my node/kubelet', '--v=2'], executable: denied }],
  ['k3s-server', { comm: 'k3s-server', argv: ['/usr/local/bin/k3s server'], executable: denied }],
  ['k3s-agent', { comm: 'k3s-agent', argv: ['/usr/local/bin/k3s agent'], executable: denied }],
  ['k3s-server', process('/usr/local/bin/k3s server --disable traefik', 'k3s-server')],
  ['k3s-agent', { comm: 'k3s', argv: ['/bin/k3s agent'], executable: denied }],
])('%s: %j', (flavour, command) => {
  expect(kubeletFlavourOf(command)).toBe(flavour);
});

test('k3s issue 10621: a server with the title of an agent is still a server', () => {
  expect(kubeletFlavourOf({ comm: 'k3s-server', argv: ['/usr/local/bin/k3s agent'], executable: denied })).toBe(
    'k3s-server',
  );
});

test.each([
  process('grep kubelet', 'grep', '/usr/bin/grep'),
  process('kubectl logs kubelet', 'kubectl', '/usr/bin/kubectl'),
  process('/usr/bin/kubelet-csr-approver', 'kubelet-csr-app', '/usr/bin/kubelet-csr-approver'),
  process('/bin/bash /usr/local/bin/kubelet', 'kubelet', '/usr/bin/bash'),
  process('/bin/sh /usr/local/bin/kubelet', 'kubelet'),
  process('kubelet', 'kubelet', '/usr/bin/sleep'),
  process('kubelet', 'sleep', '/usr/bin/sleep'),
  process('journalctl -u kubelet -f', 'journalctl', '/usr/bin/journalctl'),
  process('vim /etc/kubernetes/kubelet', 'vim', '/usr/bin/vim'),
  process('strace -f -p 1342 kubelet', 'strace'),
  process('/usr/bin/hyperkube kube-proxy', 'hyperkube'),
  process('/usr/bin/openshift start master --config=/etc/origin/master/master-config.yaml', 'openshift'),
  process('/usr/bin/openshift start network', 'openshift'),
  process('/usr/bin/openshift cli get nodes', 'openshift'),
  process('/usr/local/bin/rke2 server', 'rke2'),
  process('/usr/local/bin/k0s worker', 'k0s'),
  process('/usr/local/bin/k3s kubectl get nodes', 'kubectl'),
  process('/usr/local/bin/k3s server --disable-agent', 'k3s-server'),
  { comm: 'k3s-server', argv: ['/usr/local/bin/k3s init'], executable: denied },
  { comm: 'k3s-secrets-enc', argv: ['/usr/local/bin/k3s encrypt'], executable: denied },
  { comm: 'kubelet', argv: [], executable: denied },
  { comm: 'kubelet', argv: [''], executable: denied },
])('no kubelet: %j', (command) => {
  expect(kubeletFlavourOf(command)).toBe('not-kubelet');
});

test('never throws', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('kubelet', 'k3s', 'k3s server', '--', 'hyperkube'));
  fc.assert(
    fc.property(word, fc.array(word), word, (comm, argv, executable) => {
      kubeletFlavourOf({ comm, argv, executable });
    }),
  );
});
