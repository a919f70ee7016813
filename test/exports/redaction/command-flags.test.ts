import { expect, test } from 'vitest';
import { redactArguments, redactBootCommand } from '../../../src/exports/redaction/command-flags.ts';

test('of arguments numbers, durations and switches stay', () => {
  expect(
    redactArguments([
      '/usr/bin/kubelet',
      '--housekeeping-interval=10s',
      '--sync-frequency=1h30m0s',
      '--max-pods',
      '110',
      '--node-ip=10.20.30.40',
      '--kubeconfig',
      '/etc/secret.conf',
      '--fail-swap-on=false',
      '--cgroup-driver=systemd',
      '--kubelet-arg=node-labels=a=b',
    ]),
  ).toEqual([
    '/usr/bin/kubelet',
    '--housekeeping-interval=10s',
    '--sync-frequency=1h30m0s',
    '--max-pods',
    '110',
    '--node-ip=redacted',
    '--kubeconfig',
    'redacted',
    '--fail-swap-on=false',
    '--cgroup-driver=systemd',
    '--kubelet-arg=node-labels=redacted',
  ]);
});

test('a subcommand stays: it tells what the process is', () => {
  expect(redactArguments(['/usr/bin/hyperkube', 'kubelet', '--v=2'])).toEqual([
    '/usr/bin/hyperkube',
    'kubelet',
    '--v=2',
  ]);
});

test('of the kernel command line stays what explains cgroups and CPUs', () => {
  expect(redactBootCommand('root=UUID=1 ro cgroup.memory=nokmem possible_cpus=64 ip=10.0.0.1 host=x\n')).toBe(
    'root=redacted ro cgroup.memory=nokmem possible_cpus=64 ip=redacted redacted=redacted\n',
  );
});

test('what the kernel hands on to the first process is left out', () => {
  expect(redactBootCommand('quiet -- --addr 10.0.0.1 --name treasury\n')).toBe('quiet -- redacted\n');
  expect(redactBootCommand('')).toBe('');
});
