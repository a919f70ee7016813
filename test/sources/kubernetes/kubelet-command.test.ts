import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missing } from '../../../src/core/missing.ts';
import { parseKubeletCommand } from '../../../src/sources/kubernetes/kubelet-command.ts';

const denied = missing('denied', '/proc/1342/exe: EACCES');

function kubelet(...flags: string[]) {
  return parseKubeletCommand({ comm: 'kubelet', argv: ['/usr/bin/kubelet', ...flags], executable: denied });
}

test('flags in both forms', () => {
  expect(
    kubelet(
      '--housekeeping-interval=1m30s',
      '--cgroup-driver',
      'systemd',
      '--config',
      '/var/lib/kubelet/a=b.yaml',
      '--max-pods=250',
    ),
  ).toEqual({
    flavour: 'kubelet',
    housekeepingSeconds: 90,
    version: missing('absent', 'no release in the path of the executable'),
  });
});

test('a flag that is not given is absent, a broken one malformed', () => {
  expect(kubelet('--housekeeping-interval=10', '--max-pods=many')).toMatchObject({
    housekeepingSeconds: { unavailable: 'malformed' },
  });
});

test('as pflag reads: the last one wins, _ is -, a switch takes no value, -- ends the flags', () => {
  const interval = 'housekeeping-interval';
  expect(kubelet(`--${interval.replace('-', '_')}=1s`, `--${interval}=2s`, '--', `--${interval}=3s`)).toMatchObject({
    housekeepingSeconds: 2,
  });
  expect(kubelet(`--${interval}`, '--max-pods=2')).toMatchObject({ housekeepingSeconds: { unavailable: 'absent' } });
});

test('a word of another flag is not a flag', () => {
  expect(kubelet('--node-labels=x=--housekeeping-interval=9s', '-v', '2')).toMatchObject({
    housekeepingSeconds: { unavailable: 'absent' },
  });
});

test('k3s: its flags for kubelet where they can be seen, and why not where it hides them', () => {
  const open = [
    '/usr/local/bin/k3s',
    'agent',
    '--kubelet-arg=housekeeping-interval=30s',
    '--kubelet-arg',
    'max-pods=200',
  ];
  expect(parseKubeletCommand({ comm: 'k3s-agent', argv: open, executable: denied })).toMatchObject({
    flavour: 'k3s-agent',
    housekeepingSeconds: 30,
  });
  expect(
    parseKubeletCommand({ comm: 'k3s-agent', argv: ['/usr/local/bin/k3s agent'], executable: denied }),
  ).toMatchObject({
    housekeepingSeconds: { unavailable: 'absent', detail: 'k3s hides its command line' },
  });
});

test('kubelite says where its flags are', () => {
  const argv = ['/snap/microk8s/2546/kubelite', '--kubelet-args-file=/var/snap/microk8s/2546/args/kubelet'];
  expect(parseKubeletCommand({ comm: 'kubelite', argv, executable: denied })).toMatchObject({
    flavour: 'kubelite',
    housekeepingSeconds: { unavailable: 'absent', detail: expect.stringContaining('from a file') },
  });
});

test.each([
  ['/var/lib/rancher/rke2/data/v1.28.12-rke2r1-25a18a8bd2da/bin/kubelet', 'v1.28.12'],
  ['/var/lib/minikube/binaries/v1.18.8/kubelet', 'v1.18.8'],
  ['/opt/bin/kubelet-v1.20.2', 'v1.20.2'],
])('the release in %s', (executable, version) => {
  expect(parseKubeletCommand({ comm: 'kubelet', argv: ['kubelet'], executable })).toMatchObject({ version });
});

test('no kubelet has no command', () => {
  expect(parseKubeletCommand({ comm: 'grep', argv: ['grep', 'kubelet'], executable: denied })).toBe('not-kubelet');
});

test('never throws, whatever the arguments', () => {
  const flag = fc.constantFrom(
    '--housekeeping-interval',
    '--max-pods=',
    '--kubelet-arg',
    '--=',
    '--',
    '-',
    '__proto__',
  );
  fc.assert(fc.property(fc.array(fc.oneof(flag, fc.string())), (flags) => typeof kubelet(...flags) === 'object'));
});
