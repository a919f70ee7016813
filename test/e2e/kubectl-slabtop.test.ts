import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { IN_IMAGE } from '../../src/app/kubectl/pod.ts';
import { makeFolder } from '../support/cleanup.ts';
import { PROGRAM } from '../support/program.ts';
import { openPty } from '../support/pty.ts';
import { type RecordingKubectl, recordingKubectl } from '../support/recording-kubectl.ts';

const all = makeFolder(tmpdir(), 'plugin');
afterAll(all.remove);

const PLUGIN = join(dirname(PROGRAM), 'kubectl-slabtop');
const IMAGE = ['--image', 'example.org/slabtop-k8s:1.0.0'];

let made = 0;
function kubectl(answers?: Readonly<Record<string, string>>): RecordingKubectl {
  made += 1;
  return recordingKubectl(join(all.path, String(made)), answers);
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the plugin without a terminal; `signalAt` sends a signal once kubectl was called with that verb. */
async function plugin(
  fake: RecordingKubectl,
  args: readonly string[],
  signalAt?: readonly [verb: string, signal: NodeJS.Signals],
): Promise<Ran> {
  const child = spawn(PLUGIN, args, {
    env: { PATH: `${fake.path}:${process.env.PATH}`, HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = once(child, 'close');
  if (signalAt !== undefined) {
    const [verb, signal] = signalAt;
    while (!fake.calls().some((call) => call.includes(verb))) await new Promise((settle) => setTimeout(settle, 20));
    child.kill(signal);
  }
  const [code] = await ended;
  return { code, stdout, stderr };
}

const verbs = (fake: RecordingKubectl) =>
  fake.calls().map((call) => call.find((word) => /^(create|wait|get|exec|delete)$/.test(word)));

/** The pod that was created was removed, and no other. */
function expectRemoved(fake: RecordingKubectl): void {
  const { name } = JSON.parse(fake.input('create')).metadata;
  const removed = fake.calls().filter((call) => call.includes('delete'));
  expect(removed).toHaveLength(1);
  expect(removed[0]).toContain(name);
}

test('a pod is created, waited for, worked in and removed; flags of the cluster go along', async () => {
  const fake = kubectl({ exec: 'echo OK healthy' });
  const args = [...IMAGE, '--context', 'prod', '-n', 'monitoring', 'node-7', 'check', '--timeout', '8'];
  expect(await plugin(fake, args)).toMatchObject({ code: 0, stdout: 'OK healthy\n' });
  expect(verbs(fake)).toEqual(['get', 'get', 'create', 'wait', 'exec', 'delete']);
  for (const call of fake.calls()) expect(call.slice(0, 4)).toEqual(['--context', 'prod', '--namespace', 'monitoring']);
  const exec = fake.calls()[4] ?? [];
  expect(exec.slice(exec.indexOf('--') + 1)).toEqual([
    ...IN_IMAGE,
    ...['check', '--host-root', '/host', '--read-only', '--timeout', '8'],
  ]);
  expectRemoved(fake);
});

test('the pod: on that node, privileged, without a token, read-only, and ended by the cluster in the end', async () => {
  const fake = kubectl();
  await plugin(fake, [...IMAGE, 'node-7.example.org', 'check']);
  const { metadata, spec } = JSON.parse(fake.input('create'));
  expect(metadata.name).toMatch(/^slabtop-node-7-example-org-[0-9a-f]{6}$/);
  expect(spec).toMatchObject({
    nodeName: 'node-7.example.org',
    hostPID: true,
    restartPolicy: 'Never',
    activeDeadlineSeconds: 14_400,
    automountServiceAccountToken: false,
    tolerations: [{ operator: 'Exists' }],
  });
  expect(spec.containers[0].volumeMounts[0]).toMatchObject({ mountPath: '/host', readOnly: true });
  const allowing = kubectl();
  await plugin(allowing, [...IMAGE, '--allow-drop', 'node-7', 'check']);
  expect(JSON.parse(allowing.input('create')).spec.containers[0].volumeMounts[0].readOnly).toBe(false);
  expect(allowing.calls().find((call) => call.includes('exec'))).not.toContain('--read-only');
});

test('the image is started as the Containerfile starts it', () => {
  const containerfile = readFileSync(new URL('../../src/packaging/Containerfile', import.meta.url), 'utf8');
  expect(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(containerfile)?.[1] ?? '')).toEqual([...IN_IMAGE]);
});

test.each([1, 2])('the exit code of check in the pod, %i, is that of the plugin', async (code) => {
  const fake = kubectl({ exec: `exit ${code}` });
  expect((await plugin(fake, [...IMAGE, 'node-7', 'check'])).code).toBe(code);
  expectRemoved(fake);
});

test('a snapshot comes to this machine; one that fails leaves no file; one that is there stays', async () => {
  const file = join(all.path, 'bundle.tar.gz');
  const fake = kubectl({ exec: 'printf bytes' });
  expect(await plugin(fake, [...IMAGE, 'node-7', 'snapshot', '--format', 'bundle', '-o', file])).toMatchObject({
    code: 0,
    stdout: `${file}\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe('bytes');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(
    fake
      .calls()
      .find((call) => call.includes('exec'))
      ?.slice(-2),
  ).toEqual(['-o', '-']);
  const again = kubectl({ exec: 'printf other' });
  const { code, stderr } = await plugin(again, [...IMAGE, 'node-7', 'snapshot', '-o', file]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('there is such a file already') });
  expect(readFileSync(file, 'utf8')).toBe('bytes');
  expectRemoved(again);
  const failing = kubectl({ exec: 'printf half; exit 1' });
  const other = join(all.path, 'other.tar.gz');
  expect((await plugin(failing, [...IMAGE, 'node-7', 'snapshot', '-o', other])).code).toBe(1);
  expect(existsSync(other)).toBe(false);
  expectRemoved(failing);
});

test('a pod that may not be created, or does not start, is told in one line', async () => {
  const forbidden = kubectl({ create: 'echo "Error: pods is forbidden" >&2; exit 1' });
  const refused = await plugin(forbidden, [...IMAGE, 'node-7', 'check']);
  expect(refused).toMatchObject({
    code: 2,
    stderr: 'slabtop-k8s: the pod could not be created: Error: pods is forbidden\n',
  });
  const pulling = kubectl({
    wait: 'echo "error: timed out waiting for the condition" >&2; exit 1',
    get: 'case "$*" in *jsonpath*) echo "ImagePullBackOff Back-off pulling image" ;; esac',
  });
  const late = await plugin(pulling, [...IMAGE, '--wait', '5', 'node-7', 'check']);
  expect(late.code).toBe(2);
  expect(late.stderr).toContain('ImagePullBackOff');
  expectRemoved(pulling);
});

test.each([
  ['create', 'SIGINT', 130],
  ['create', 'SIGTERM', 143],
  ['wait', 'SIGINT', 130],
  ['wait', 'SIGHUP', 129],
  ['exec', 'SIGTERM', 143],
  ['exec', 'SIGHUP', 129],
] as const)('interrupted while it does %s, by %s: the pod is removed all the same', async (verb, signal, code) => {
  const slow = 'exec sleep 30';
  const fake = kubectl({ [verb]: slow });
  expect((await plugin(fake, [...IMAGE, 'node-7', 'check'], [verb, signal])).code).toBe(code);
  expectRemoved(fake);
});

test('^C again and again while the pod is being removed: it is removed', async () => {
  const done = join(all.path, 'deleted');
  const fake = kubectl({ exec: 'exec sleep 60', delete: `sleep 2; echo done >'${done}'` });
  const env = { PATH: `${fake.path}:${process.env.PATH}` };
  const pty = openPty({ command: PLUGIN, args: [...IMAGE, 'node-7'], env });
  for (const verb of ['exec', 'delete']) {
    while (!fake.calls().some((call) => call.includes(verb))) await new Promise((settle) => setTimeout(settle, 20));
    pty.type('\u0003');
  }
  expect((await pty.exited).code).toBe(130);
  expect(existsSync(done)).toBe(true);
  expectRemoved(fake);
});

test('a name that no node has is told at once; who may not look at nodes goes on', async () => {
  const complaint = 'Error from server (NotFound): nodes "node-8" not found';
  const fake = kubectl({ get: `case "$*" in *" node "*) echo '${complaint}' >&2; exit 1 ;; esac` });
  const { code, stderr } = await plugin(fake, [...IMAGE, 'node-8', 'check']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'slabtop-k8s: there is no node "node-8" in this cluster\n' });
  expect(verbs(fake)).toEqual(['get']);
  const forbidden = 'Error from server (Forbidden): nodes is forbidden';
  const denied = kubectl({ get: `case "$*" in *" node "*) echo '${forbidden}' >&2; exit 1 ;; esac` });
  expect((await plugin(denied, [...IMAGE, 'node-7', 'check'])).code).toBe(0);
});

test('a pod of an earlier session is told; with a terminal it is offered for removal', async () => {
  const get = 'case "$*" in *jsonpath*) ;; *) echo pod/slabtop-node-7-abcdef ;; esac';
  const fake = kubectl({ get });
  expect((await plugin(fake, [...IMAGE, 'node-7', 'check'])).stderr).toContain('slabtop-node-7-abcdef');
  expect(fake.calls().filter((call) => call.includes('delete'))).toHaveLength(1);
  const asking = kubectl({ get });
  const pty = openPty({
    command: PLUGIN,
    args: [...IMAGE, 'node-7'],
    env: { PATH: `${asking.path}:${process.env.PATH}` },
  });
  await pty.waitFor(/Remove it\? \[y\/N\]/);
  pty.type('y\r');
  expect((await pty.exited).code).toBe(0);
  const deleted = asking.calls().filter((call) => call.includes('delete'));
  expect(deleted.map((call) => call[call.indexOf('pod') + 1])).toContain('slabtop-node-7-abcdef');
  expect(deleted).toHaveLength(2);
  expect(asking.calls().find((call) => call.includes('exec'))).toContain('-it');
});

test('wrong usage is one line and 2, and calls nothing', async () => {
  const fake = kubectl();
  for (const args of [['node-7'], [...IMAGE, '../etc'], [...IMAGE], [...IMAGE, '--deadline', '1', 'node-7']]) {
    const { code, stderr } = await plugin(fake, args);
    expect({ code, lines: stderr.trim().split('\n').length }, args.join(' ')).toEqual({ code: 2, lines: 1 });
  }
  expect(fake.calls()).toEqual([]);
});
