import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedHost, generateHost } from './generated-host.ts';
import { type Driver, inventedPod } from './pod-cgroups.ts';

/** A node on which everything has a name, and all these names. */
export interface NamedNode {
  readonly host: GeneratedHost;
  /** Every name, uid and id that must not be found in a redacted export. */
  readonly originals: readonly string[];
}

const NODE = 'worker-frankfurt-17';
const DOMAIN = 'corp.example.org';
const NAMESPACES = ['payments-prod', 'customer-portal', 'kube-system'];
const WORKLOADS = ['ledger-writer', 'settlement', 'fraud-scoring-engine'];
const CONTAINERS = ['ledger-main', 'audit-sidecar'];
const PODS = 12;

/** Makes a fixture host with pods that have names, a kubelet that tells a lot, and mounts of file servers. */
export function namedNode(driver: Driver): NamedNode {
  const host = generateHost({
    live: 5 + 3 * PODS + (driver === 'cgroupfs' ? 0 : 1),
    dying: 4000,
    driver,
    kubelet: { pid: 1342, threads: 3 },
    processes: 2,
  });
  const pods = Array.from({ length: PODS }, (_, n) => {
    const { uid, containers } = inventedPod(driver, n, 2);
    const namespace = NAMESPACES[n % 3] ?? '';
    const name = `${WORKLOADS[n % 3]}-6d5f9c7b${n % 10}8-x2x${String.fromCharCode(97 + n)}z`;
    const ids = containers.map((path) => /[0-9a-f]{64}/.exec(path)?.[0] ?? '');
    return { uid, namespace, name, ids };
  });
  const file = (path: string, text: string) => writeFileSync(join(host.root, path), text);
  file('proc/sys/kernel/hostname', `${NODE}.${DOMAIN}\n`);
  for (const { namespace, name, uid } of pods) {
    mkdirSync(join(host.root, 'var/log/pods', `${namespace}_${name}_${uid}`), { recursive: true });
  }
  mkdirSync(join(host.root, 'var/log/containers'), { recursive: true });
  for (const { namespace, name, ids } of pods) {
    ids.forEach((id, n) => {
      file(`var/log/containers/${name}_${namespace}_${CONTAINERS[n % 2]}-${id}.log`, '');
    });
  }
  file(
    'proc/1342/cmdline',
    [
      '/usr/bin/kubelet',
      '--housekeeping-interval=10s',
      `--hostname-override=${NODE}`,
      '--node-labels=team=treasury-ops',
      '--kubeconfig=/etc/kubernetes/frankfurt.conf',
      '--api-servers=https://api.corp.example.org:6443',
      '--bootstrap-token',
      'abcdef.0123456789abcdef',
      '',
    ].join('\0'),
  );
  file('proc/20000/cmdline', `/usr/bin/${WORKLOADS[0]}\0--db=postgres://ledger:hunter2@db.corp.example.org/ledger\0`);
  file('proc/20000/comm', 'ledger-writer\n');
  const mounts = `nas-03.corp.example.org:/export/treasury /var/lib/kubelet/pods/${pods[0]?.uid}/volumes/nfs nfs4 rw 0 0\n`;
  for (const path of ['proc/mounts', 'proc/1/mounts']) file(path, `${mounts}${MOUNTS}`);
  file(
    'proc/cmdline',
    `BOOT_IMAGE=/vmlinuz root=UUID=5a3b1c9e-0d1f-4e57-9a77-6f1f0c9e8b21 ro ip=10.20.30.40 cgroup.memory=nokmem\n`,
  );
  return {
    host,
    originals: [
      NODE,
      DOMAIN,
      ...NAMESPACES,
      ...WORKLOADS,
      ...CONTAINERS,
      ...pods.flatMap(({ uid, name, ids }) => [
        name,
        uid,
        uid.replaceAll('-', '_'),
        ...ids.flatMap((id) => [id, id.slice(0, 13), id.slice(0, 12)]),
      ]),
      'treasury',
      'frankfurt',
      'nas-03',
      'hunter2',
      'abcdef.0123456789abcdef',
      '5a3b1c9e',
      '10.20.30.40',
    ],
  };
}

const MOUNTS = 'proc /proc proc rw 0 0\ncgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0\n';
