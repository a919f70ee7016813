import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { likeKubelet, makeCertificate, serve, TOKEN } from '../capture/profile-server.ts';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { madeProfile } from '../support/profiles.ts';
import { jsonOf, PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { whyNotRun } from '../support/strace.ts';

const folder = makeFolder(tmpdir(), 'profile');
afterAll(folder.remove);

const PROFILE = new URL('../fixtures/kubelet-1.20.2/profile.pb.gz', import.meta.url).pathname;
const TOP = readFileSync(new URL('../fixtures/kubelet-1.20.2/profile.top.txt', import.meta.url), 'utf8');

const noOpenssl = whyNotRun('openssl', ['version']);
if (noOpenssl !== undefined) console.warn(`skipped, no certificate can be made: ${noOpenssl}`);

const opened: Pty[] = [];
afterEach(() => {
  for (const pty of opened.splice(0)) pty.close();
});

function live(...args: string[]): Pty {
  const pty = openPty({ command: process.execPath, args: [PROGRAM, '--host-root', captured('incident'), ...args] });
  opened.push(pty);
  return pty;
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

/** Milliseconds flat and cumulative by function, as go tool pprof -top printed them. */
function topOfGo(): Map<string, readonly [flat: number, cum: number]> {
  const milliseconds = (text: string) =>
    text === '0' ? 0 : text.endsWith('ms') ? Number.parseFloat(text) : Number.NaN;
  const rows = [...TOP.matchAll(/^ *(0|[\d.]+ms) +\S+ +\S+ +([\d.]+ms) +\S+ {2}(.+)$/gm)];
  return new Map(
    rows.map(([, flat = '', cum = '', name = '']) => [
      name.replace(/ \((?:partial-)?inline\)$/, ''),
      [milliseconds(flat), milliseconds(cum)],
    ]),
  );
}

describe('the captured profile of a real kubelet', () => {
  test('as text: the answer first, the warnings, the table', async () => {
    const { code, stdout } = await runProgram(['profile', PROFILE]);
    expect(code).toBe(0);
    const said = stdout.replace(/\s+/g, ' ');
    expect(said.trimStart()).toMatch(
      /^57 % of samples are in cAdvisor housekeeping, 32 % in memory cgroup statistics \(23 % page counters, 2 % memory\.numa_stat/,
    );
    expect(said).toContain('undercounts long system calls');
    expect(said).toContain('few samples (47)');
    expect(stdout).toMatch(/140 ms +29\.8 % +29\.8 % +140 ms +29\.8 % +runtime\/internal\/syscall\.Syscall6/);
  });

  test('as JSON, function by function what go tool pprof says', async () => {
    const { profile } = await jsonOf(['profile', PROFILE]);
    const share = (id: string) => profile.paths.find((path: { id: string }) => path.id === id).sharePct;
    expect(share('housekeeping')).toBeCloseTo(57.4, 1);
    expect(share('memory-stats')).toBeCloseTo(31.9, 1);
    expect(profile).toMatchObject({ program: 'kubelet', cpuSeconds: 0.47, samples: 47 });
    expect(profile.warnings).toContain('undercounts-system-time');
    const go = topOfGo();
    expect(go.size).toBe(162);
    const ours = new Map(
      profile.top.map(
        ({ name, flatSeconds, cumSeconds }: { name: string; flatSeconds: number; cumSeconds: number }) => [
          name,
          [Math.round(flatSeconds * 1000), Math.round(cumSeconds * 1000)],
        ],
      ),
    );
    expect(ours).toEqual(go);
  });

  test('as a flame graph and as folded stacks, in new files of mode 0600', async () => {
    const svg = join(folder.path, 'flame.svg');
    const folded = join(folder.path, 'stacks.folded');
    const { code, stderr } = await runProgram(['profile', PROFILE, '--svg', svg, '--folded', folded]);
    expect(code).toBe(0);
    expect(stderr).toBe(`written: ${svg}\nwritten: ${folded}\n`);
    expect(statSync(svg).mode & 0o777).toBe(0o600);
    expect(statSync(folded).mode & 0o777).toBe(0o600);
    const picture = readFileSync(svg, 'utf8');
    expect(picture).toContain('57 % of samples are in cAdvisor housekeeping');
    const shares = [...picture.matchAll(/<title>[^<]*cgroups\/fs\.\(\*MemoryGroup\)\.GetStats \(([\d.]+) %/g)];
    expect(shares.reduce((all, [, share]) => all + Number(share), 0)).toBeCloseTo(31.9, 1);
    const sum = readFileSync(folded, 'utf8')
      .trim()
      .split('\n')
      .reduce((all, line) => all + Number(/ (\d+)$/.exec(line)?.[1]), 0);
    expect(sum).toBe(470_000);
    const again = await runProgram(['profile', PROFILE, '--svg', svg]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('a file of this name exists');
    expect(readFileSync(svg, 'utf8')).toBe(picture);
  });

  test('in the pane: the answer, the graph, a search, zoom in and out', async () => {
    const pty = live('--profile', PROFILE);
    await pty.waitFor('root 3.66 s');
    pty.type('5');
    const screen = await pty.waitFor('57 % of samples are in cAdvisor housekeeping, 32 % in memory cgroup statistics');
    expect(screen.some((line) => line.startsWith('│manager.(*containerData).housekeeping '))).toBe(true);
    pty.type('/MemoryGroup\r');
    await pty.waitFor('"MemoryGroup": 1 function, 31.9 % of samples');
    pty.type('\x1b[B');
    await pty.waitFor('share 57.4 %');
    pty.type('\r');
    await pty.waitFor('zoomed; Backspace: back');
    pty.type('\x7f');
    await pty.waitFor((lines) => !lines.join().includes('zoomed; Backspace'));
    pty.type('o');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test('in reports and snapshots', async () => {
    const asked = ['--host-root', captured('incident'), '--profile', PROFILE];
    const { stdout } = await runProgram(['--once', ...asked]);
    expect(stdout).toContain('57 % of samples are in cAdvisor housekeeping');
    const page = await runProgram(['snapshot', '-o', '-', ...asked]);
    expect(page.stdout).toContain('## Profile');
    expect(page.stdout).toContain('57 % of samples are in cAdvisor housekeeping');
    const torn = await runProgram(['--once', '--host-root', captured('incident'), '--profile', '/nonexistent.pb.gz']);
    expect(torn).toMatchObject({ code: 1, stdout: '' });
    expect(torn.stderr).toContain('/nonexistent.pb.gz: there is no such file');
  });

  test('in what e exports', async () => {
    const pty = openPty({
      command: process.execPath,
      args: [PROGRAM, '--host-root', captured('incident'), '--profile', PROFILE],
      env: { SLABTOP_K8S_EXPORT_FOLDER: folder.path },
    });
    opened.push(pty);
    await pty.waitFor('root 3.66 s');
    pty.type('5');
    await pty.waitFor('57 % of samples');
    pty.type('e');
    await pty.waitFor('written: ');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
    const [page = '', numbers = ''] =
      pty.bytes
        .toString()
        .split('\x1b[?1049l')
        .at(-1)
        ?.match(/\/\S+\.(?:md|json)/g) ?? [];
    expect(readFileSync(page, 'utf8')).toContain('57 % of samples are in cAdvisor housekeeping');
    const document = JSON.parse(readFileSync(numbers, 'utf8'));
    expect(document.profile.cpuSeconds).toBe(0.47);
    const finding = document.findings.find(({ id }: { id: string }) => id === 'lookalikes');
    expect(finding.title).toMatch(/ruled out by the profile: 57\.4 %/);
  });
});

describe('what is no profile of kubelet', () => {
  test.each([
    ['text.pb.gz', '<html>not found</html>', 'not a pprof profile'],
    ['torn.pb.gz', readFileSync(PROFILE).subarray(0, 4000), 'cut off'],
    ['heap.pb', madeProfile([[['main.main'], 1]], { types: [['inuse_space', 'bytes']] }), 'not of CPU time'],
    ['none.pb', madeProfile([[['main.main'], 0]]), 'no samples'],
  ])('%s', async (name, content, said) => {
    const { code, stdout, stderr } = await runProgram(['profile', file(name, content)]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('another program is told, and read all the same', async () => {
    const { stdout } = await runProgram([
      'profile',
      file('other.pb.gz', gzipSync(madeProfile([[['main.main'], 200]]))),
    ]);
    expect(stdout.replace(/\s+/g, ' ')).toContain('a profile of another program than kubelet');
  });

  test('in the pane the way out stands in its place', async () => {
    const pty = live('--profile', file('page.html', '<html>'));
    await pty.waitFor('root 3.66 s');
    pty.type('5');
    await pty.waitFor('no profile: ');
    await pty.waitFor('slabtop-k8s --profile kubelet.pb.gz');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test('neither or both of SOURCE and --node is wrong usage', async () => {
    expect((await runProgram(['profile'])).code).toBe(2);
    const alone = await runProgram(['--once', '--token-file', '/nonexistent']);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain('--token-file goes with --profile');
    expect((await runProgram(['profile', PROFILE, '--node', 'node-1'])).code).toBe(2);
  });
});

describe('a kubelet on loopback', () => {
  const token = (text: string) => file(`token-${text.length}`, `${text}\n`);

  test('by http: with the right token, the wrong one, and none; no token is ever shown', async () => {
    const server = await serve(likeKubelet);
    onTestFinished(() => server.close());
    const right = await runProgram(['profile', server.url, '--seconds', '1', '--token-file', token(TOKEN)]);
    expect(right).toMatchObject({ code: 0, stderr: '' });
    expect(right.stdout).toContain('57 % of samples');
    const none = await runProgram(['profile', server.url, '--seconds', '1']);
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/401 .*--token-file/);
    const secret = 'another-secret-token';
    const wrong = await runProgram(['profile', server.url, '--seconds', '1', '--token-file', token(secret)]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/403 .*nodes\/proxy/);
    for (const { stdout, stderr } of [right, none, wrong]) {
      expect(stdout + stderr).not.toContain(TOKEN);
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  test('with --metrics what kubelet counts itself, by the same token; not for a file', async () => {
    const server = await serve(likeKubelet);
    onTestFinished(() => server.close());
    const asked = ['profile', server.url, '--metrics', '--seconds', '1', '--token-file', token(TOKEN)];
    const { code, stdout } = await runProgram(asked);
    expect(code).toBe(0);
    expect(stdout).toContain('57 % of samples');
    expect(stdout).toMatch(/kubelet v1\.20\.2/);
    expect(stdout).toContain('containers: 12 created, 0 removed');
    const document = await jsonOf(asked);
    expect(document.kubeletMetrics).toMatchObject({ version: 'v1.20.2', containersCreated: 12 });
    const file = await runProgram(['profile', PROFILE, '--metrics']);
    expect(file).toMatchObject({ code: 1, stderr: expect.stringContaining('--metrics') });
  });

  test.skipIf(noOpenssl !== undefined)('by https: its CA, none, and --insecure, which is said loudly', async () => {
    const pair = makeCertificate(folder.path, 'localhost');
    const server = await serve(likeKubelet, pair);
    onTestFinished(() => server.close());
    const asked = ['profile', server.url, '--seconds', '1', '--token-file', token(TOKEN)];
    expect(await runProgram([...asked, '--ca-file', pair.cert])).toMatchObject({ code: 0, stderr: '' });
    const unknown = await runProgram(asked);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('--ca-file');
    const insecure = await runProgram([...asked, '--insecure']);
    expect(insecure.code).toBe(0);
    expect(insecure.stderr).toContain("WARNING: --insecure: the server's certificate is NOT checked");
  });

  test('in the pane, from the flags of the screen', async () => {
    const server = await serve(likeKubelet);
    onTestFinished(() => server.close());
    const pty = live('--profile', server.url, '--seconds', '1', '--token-file', token(TOKEN));
    await pty.waitFor('root 3.66 s');
    pty.type('5');
    await pty.waitFor('57 % of samples are in cAdvisor housekeeping');
    expect(pty.bytes.toString()).not.toContain(TOKEN);
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test('q does not wait for a server that says nothing', async () => {
    const server = await serve(() => {});
    onTestFinished(() => server.close());
    const pty = live('--profile', server.url, '--seconds', '300');
    await pty.waitFor('root 3.66 s');
    pty.type('5');
    await pty.waitFor('of 300 s');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });
});

describe('--node, through a kubectl', () => {
  test('its proxy is started for this one profile, and ended', async () => {
    const bin = join(folder.path, 'bin');
    mkdirSync(bin);
    const noted = join(bin, 'pid');
    const program = `#!${process.execPath}
const fs = require('node:fs');
fs.writeFileSync(${JSON.stringify(noted)}, String(process.pid));
const server = require('node:http').createServer((request, response) =>
  request.url === '/api/v1/nodes/node-7/proxy/debug/pprof/profile?seconds=1'
    ? response.end(fs.readFileSync(${JSON.stringify(PROFILE)}))
    : response.writeHead(404).end());
server.listen(0, '127.0.0.1', () => console.log('Starting to serve on 127.0.0.1:' + server.address().port));
`;
    writeFileSync(join(bin, 'kubectl'), program, { mode: 0o755 });
    const PATH = `${bin}:${process.env.PATH}`;
    const { code, stdout, stderr } = await runProgram(['profile', '--node', 'node-7', '--seconds', '1'], { PATH });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('57 % of samples are in cAdvisor housekeeping');
    expect(existsSync(`/proc/${readFileSync(noted, 'utf8')}`)).toBe(false);
    const without = await runProgram(['profile', '--node', 'node-7'], { PATH: '/nonexistent' });
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('kubectl is not on PATH');
  });
});
