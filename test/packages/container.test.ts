import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { openPty } from '../support/pty.ts';
import { buildImage } from './container-image.ts';
import { enterRoot, whyNoOtherRoot } from './enter-root.ts';
import { folderForTests } from './made.ts';
import { doesMainJob, outputOf } from './main-job.ts';

const CONTAINERFILE = fileURLToPath(new URL('../../src/packaging/Containerfile', import.meta.url));

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The commands of README by which a debug pod is made: what kubectl is told, and what the image is started with. */
const COMMANDS = README.split('\n')
  .filter((line) => line.startsWith('kubectl debug '))
  .map((line) => {
    const words = line.split(' ');
    const end = words.indexOf('--');
    return { kubectl: words.slice(1, end < 0 ? undefined : end), args: end < 0 ? undefined : words.slice(end + 1) };
  });

const why = whyNoOtherRoot();
if (why !== undefined) console.log(`skipped, the container image: ${why}`);

/** A debug pod as kubectl makes it: the node's root at /host, the node's process ids; HOME is what runtimes set. */
function debugPod() {
  const root = join(folderForTests(), 'image');
  const image = buildImage(CONTAINERFILE, inject('packages'), root);
  const [command, ...args] = enterRoot(root, ['proc', 'dev', 'sys', 'host']);
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/', ...image.env };
  return { command, args: [...args, ...image.entrypoint], env, defaultArgs: image.defaultArgs };
}

test.skipIf(why !== undefined)('reports on the node at /host', async () => {
  const { command, args, env, defaultArgs } = debugPod();
  const document = await doesMainJob({ argv: [command, ...args], env, lockFolder: '/' }, ...defaultArgs);
  expect(document.host.distribution).toEqual(expect.any(String));
  expect(document.memcg.cgroups ?? document.memcg.live).toBeGreaterThan(0);
});

test.skipIf(why !== undefined)('opens the live screen without any terminfo, and gives the terminal back', async () => {
  const { command, args, env, defaultArgs } = debugPod();
  const pty = openPty({ command, args: [...args, ...defaultArgs], env });
  await pty.waitFor((screen) => screen.some((line) => /\d+ live/.test(line)));
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  expect(pty.modes()).toBe(pty.modesBefore);
});

test("README's commands for a debug pod give it the capabilities that it needs, and keep the image's entry point", () => {
  expect(COMMANDS).toHaveLength(2);
  for (const { kubectl, args } of COMMANDS) {
    const flags = ['debug', 'node/NODE', '-it', '--profile=sysadmin', '--image=REGISTRY/slabtop-k8s'];
    // Without --arguments-only kubectl puts what follows `--` in the place of the entry point.
    expect(kubectl).toEqual(args === undefined ? flags : [...flags, '--arguments-only']);
  }
});

test.skipIf(why !== undefined)("README's commands for a debug pod do what they are for", async () => {
  const { command, args, env, defaultArgs } = debugPod();
  const [screen, report] = COMMANDS.map((each) => each.args ?? defaultArgs);
  const pty = openPty({ command, args: [...args, ...(screen ?? [])], env });
  await pty.waitFor((lines) => lines.some((line) => /\d+ live/.test(line)));
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  const printed = await outputOf({ argv: [command, ...args], env, lockFolder: '/' }, ...(report ?? []));
  expect(printed).toMatch(/\d+ live/);
});
