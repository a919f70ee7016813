import { expect, test } from 'vitest';
import { learnNames } from '../../../../src/app/export/redaction/learn-names.ts';
import { redactReading } from '../../../../src/app/export/redaction/redact-reading.ts';
import type { Reading } from '../../../../src/core/reading.ts';
import { Pseudonyms } from '../../../../src/exports/redaction/pseudonyms.ts';

const MEMORY = '/sys/fs/cgroup/memory';
const UID = 'ab1c2a3b-5d6e-4789-8abc-0123456789ab';
const ID = 'f3a1'.repeat(16);
/** An id that is never met in its full length. */
const CUT = 'c0ffee0ddba11ad5';

let marks = 0;
const all: string[] = [];
/** A name that is nowhere else. */
function mark(): string {
  marks += 1;
  const name = `zq${String.fromCharCode(96 + marks)}x-${'v'.repeat(3)}${marks}`;
  all.push(name, name.replaceAll('-', '_'), name.replaceAll('-', '\\x2d'));
  return name;
}

const [pod, lxc, vm, plain, member] = [mark(), mark(), mark(), mark(), mark()];
const [namespace, container] = [mark(), mark()];
const dotted = 'zqdottedpayroll';
all.push(dotted);
const escaped = vm.replaceAll('-', '\\x2d');

/** A node on which everything that has a name is named by a mark. */
const READINGS: readonly Reading[] = [
  { question: 'read', path: '/proc/sys/kernel/hostname', text: `${mark()}.${mark()}.example\n` },
  {
    question: 'read',
    path: '/proc/version',
    text: `Linux version 4.4.155 (${mark()}@${mark()}) (gcc ${mark()}) #1 SMP\n`,
  },
  {
    question: 'read',
    path: '/proc/cmdline',
    text: `BOOT_IMAGE=/${mark()} ro ${mark()} ${mark()}=1 cgroup.memory=${mark()} mitigations=off -- ${mark()}\n`,
  },
  { question: 'list', path: '/var/log/pods', text: `${namespace}_${pod}_${UID}` },
  { question: 'list', path: `/var/log/pods/${namespace}_${pod}_${UID}`, text: container },
  { question: 'list', path: `/var/log/pods/${namespace}_${pod}_${UID}/${container}`, text: `6.log\n${mark()}` },
  {
    question: 'read',
    path: '/proc/7/cmdline',
    text: [
      `/opt/${mark()}/kubelet`,
      mark(),
      `--container-runtime=${mark()}`,
      `--cgroup-driver=${mark()}`,
      `--v=${mark()}`,
      `--kubelet-arg=v=${mark()}`,
      `--kubeconfig=/var/lib/rancher/rke2/${mark()}`,
      '--max-pods=110',
    ].join('\0'),
  },
  { question: 'read', path: '/proc/8/cmdline', text: `/srv/${mark()}/k3s server --token ${mark()}` },
  { question: 'link', path: '/proc/7/exe', text: `/opt/${mark()}/kubelet (deleted)` },
  {
    question: 'links',
    path: '/proc/7/fd',
    text: `3 /data/${mark()}/memory.stat\n4 ${MEMORY}/kubepods/memory.stat\n5 /${mark()}`,
  },
  {
    question: 'read',
    path: '/proc/1/mounts',
    text: `${mark()} ${MEMORY} cgroup rw,memory,release_agent=/opt/${mark()} 0 0\n${mark()}:/x /${mark()} nfs4 rw 0 0\ncgroup /sys/fs/cgroup/x cgroup rw,name=${mark()} 0 0\n`,
  },
  {
    question: 'read',
    path: '/proc/1/mountinfo',
    text: `29 23 0:26 / ${MEMORY} rw - cgroup ${mark()} rw,memory,name=${mark()}\n30 23 8:1 / /${mark()} rw - ext4 /dev/${mark()} rw\n`,
  },
  { question: 'read', path: `${MEMORY}/release_agent`, text: `/opt/${mark()}\n` },
  {
    question: 'dirs',
    path: MEMORY,
    text: `2 kubepods\n2 ${plain}\n2 crio-${mark()}-aaaabbbbccccdddd.scope\n2 ${mark()}-deadbeefcafe9999\n2 zqa.${dotted}\n2 lxc.payload.${lxc}\n2 machine-qemu\\x2d1\\x2d${escaped}.scope\n2 system.slice`,
  },
  { question: 'dirs', path: `${MEMORY}/lxc/${plain}`, text: '' },
  { question: 'timed', path: `${MEMORY}/machine.slice/machine-${escaped}.scope/memory.stat`, text: 'cache 1\n' },
  { question: 'read', path: '/proc/7/cgroup', text: `4:memory:/lxc/${member}\n3:cpu:/${pod.replaceAll('-', '_')}\n` },
  { question: 'read', path: '/proc/9/comm', text: `${pod}\n` },
  { question: 'read', path: '/proc/10/comm', text: `sh-${ID.slice(0, 8)}\n` },
  { question: 'read', path: '/proc/11/comm', text: `${CUT}\n` },
  { question: 'read', path: `${MEMORY}/kubepods/pod${UID}/${ID}/memory.stat`, text: 'cache 1\n' },
  { question: 'read', path: '/proc/12/comm', text: `pause-${UID.slice(0, 8)}\n` },
];

test('of a node on which every name is a mark, no mark is left, nor an id, whole or cut', () => {
  const pseudonyms = new Pseudonyms();
  for (const reading of READINGS) learnNames(pseudonyms, reading);
  const redacted = READINGS.map((reading) => redactReading(pseudonyms, reading));
  for (const { path, ...answer } of redacted) {
    const text = JSON.stringify([path, answer]);
    for (const name of [...all, ID.slice(0, 8), UID.slice(0, 8), CUT.slice(0, 8)]) {
      expect([name, text.includes(JSON.stringify(name).slice(1, -1)) ? text : '']).toEqual([name, '']);
    }
  }
});

test('what the rules look at stays: the form of cgroups, kubelet, numbers', () => {
  const pseudonyms = new Pseudonyms();
  for (const reading of READINGS) learnNames(pseudonyms, reading);
  const texts = READINGS.map((reading) => redactReading(pseudonyms, reading)).map((reading) =>
    'text' in reading ? reading.text : reading.errno,
  );
  const whole = texts.join('\n');
  for (const kept of ['Linux version 4.4.155', 'mitigations=off', '--max-pods=110', '2 kubepods', '2 system.slice']) {
    expect(whole).toContain(kept);
  }
  expect(whole).toContain('/redacted/kubelet (deleted)');
  expect(whole).toContain('--kubeconfig=/var/lib/rke2/redacted');
  expect(whole).toMatch(/2 lxc\.payload\.cgroup-\d+/);
  expect(whole).toMatch(/machine-qemu\\x2d1\\x2dcgroup-\d+\.scope/);
});
