import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../../src/sources/kubernetes/without-secrets.ts';

const SECRET = 'K10f00::server:hunter2';

describe('a secret on a command line is left out wherever it stands', () => {
  test.each([
    ['-t TOKEN of k3s agent', ['/usr/local/bin/k3s', 'agent', '-t', SECRET]],
    ['-t=TOKEN', ['k3s', 'agent', `-t=${SECRET}`]],
    ['a short flag with its value in one word', ['mysqld', `-p${SECRET}`]],
    ['the data source of k3s', ['k3s', 'server', `--datastore-endpoint=mysql://user:${SECRET}@tcp(db:3306)/k3s`]],
    ['--vpn-auth', ['k3s', 'server', `--vpn-auth=name=tailscale,joinKey=${SECRET}`]],
    ['kubelet-arg in one word', ['k3s', 'server', `--kubelet-arg=token=${SECRET}`]],
    ['kubelet-arg in two words', ['k3s', 'server', '--kubelet-arg', `token=${SECRET}`]],
    ['flags of k0s in one word', ['k0s', 'worker', `--kubelet-extra-args=--v=2 --token ${SECRET} --api-key=${SECRET}`]],
    ['the join token of k0s', ['/usr/bin/k0s', 'worker', SECRET]],
    ['what stands behind two subcommands', ['openshift', 'start', 'node', SECRET]],
    ['the join token of k0s behind a switch', ['/usr/bin/k0s', 'worker', '--debug', SECRET]],
    ['--api-key', ['kubelet', `--api-key=${SECRET}`]],
    ['--manifest-url-header', ['kubelet', `--manifest-url-header=Authorization:Basic ${SECRET}`]],
    ['a URL with a password', ['kubelet', `--api-servers=https://a:1,https://me:${SECRET}/x@[::1]:6443`]],
    ['the query of a URL', ['kubelet', `--manifest-url=https://host/pods?key=${SECRET}`]],
    ['a value that begins with a dash', ['kubelet', '--bootstrap-token', `-${SECRET}`]],
    ['a value that begins with two dashes', ['kubelet', '--bootstrap-token', '--hunter2']],
    ['a number as a password', ['kubelet', '--pin=hunter2', '--etcd-s3-secret-key', 'hunter2']],
    ['a title of one word', [`/usr/local/bin/k3s server --token ${SECRET} --v=2`]],
    ['a title with other blanks', [`k3s\tagent\n-t\t${SECRET}`]],
    ['an assignment in the place of the program', [`K3S_TOKEN=${SECRET}`, 'server']],
    ['a flag that is no word', ['x', `--hunter2:${SECRET}=1`, `--${SECRET}`]],
  ])('%s', (_, words) => {
    const left = withoutSecrets(words);
    expect(left.join(' ')).not.toContain('hunter2');
    expect(left).toHaveLength(words.length);
    expect(withoutSecrets(left)).toEqual(left);
  });
});

test('a subcommand of two words stays: by it a node of OpenShift is told from a master', () => {
  const words = ['/usr/bin/openshift', 'start', 'node', '--loglevel=2'];
  expect(withoutSecrets(words).slice(0, 3)).toEqual(words.slice(0, 3));
});

test('of kubelet the flags stay that tell how it is set up', () => {
  const words = [
    '/usr/bin/kubelet',
    '--housekeeping-interval=10s',
    '--config',
    '/var/lib/kubelet/config.yaml',
    '--node_labels=a=b,c=d',
    '--cgroup-driver=systemd',
    '--container-runtime-endpoint=unix:///run/containerd/containerd.sock',
    '--fail-swap-on=false',
    '--rotate-certificates',
    '-v',
    '2',
    '',
  ];
  expect(withoutSecrets(words)).toEqual(words);
});

test('the names of flags stay, of k3s what it hands to kubelet, and what its title says', () => {
  expect(withoutSecrets(['/usr/local/bin/k3s server'])).toEqual(['/usr/local/bin/k3s server']);
  expect(withoutSecrets(['k3s', 'server', '--token', SECRET, '--kubelet-arg=max-pods=250', '--new-flag=1'])).toEqual([
    'k3s',
    'server',
    '--token',
    '...',
    '--kubelet-arg=max-pods=250',
    '--new-flag=...',
  ]);
  expect(withoutSecrets(['kubelet', '--api-servers=https://me:pw@host:6443/x?y=z'])).toEqual([
    'kubelet',
    '--api-servers=https://...@host:6443/x?...',
  ]);
});

test('of any command line no word is left that nobody documented, and doing it again changes nothing', () => {
  const flag = fc
    .tuple(fc.constantFrom('-', '--'), fc.constantFrom('token', 'api-key', 'x', 'X_Password', 'secret.file', 'help'))
    .map((parts) => parts.join(''));
  const value = fc.constantFrom('hunter2', 'hunter2=hunter2', 'hunter2 --v\nhunter2', '\u001b-hunter2', '-hunter2');
  const hidden = fc.oneof(
    fc.tuple(flag, value).map(([name, text]) => [`${name}=${text}`]),
    fc.tuple(flag, value).map(([name, text]) => [name, text]),
    value.map((text) => [text]),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(hidden, fc.tuple(fc.string()))), (parts) => {
      const words = ['program', ...parts.flat()];
      const shown = withoutSecrets(words);
      expect(shown.join('\0')).not.toContain('hunter2');
      expect(shown).toHaveLength(words.length);
      expect(withoutSecrets(shown)).toEqual(shown);
    }),
    { numRuns: 2000 },
  );
});
