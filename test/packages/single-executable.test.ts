import { expect, test } from 'vitest';
import { openPty } from '../support/pty.ts';
import { folderForTests, MADE } from './made.ts';
import { doesMainJob } from './main-job.ts';

const folder = folderForTests();

test('does the main job without Node on the path', async () => {
  await doesMainJob({ argv: [MADE.singleExecutable], env: { PATH: '/nonexistent' }, lockFolder: folder });
});

test('opens the live screen, with what is loaded only when it is opened', async () => {
  const pty = openPty({
    command: MADE.singleExecutable,
    env: { PATH: '/nonexistent', SLABTOP_K8S_LOCK_FILE: `${folder}/live.lock` },
  });
  await pty.waitFor((screen) => screen.some((line) => /\d+ live/.test(line)));
  pty.type('z');
  await pty.waitFor((screen) => !screen.some((line) => /\d+ live/.test(line)));
  pty.type('z');
  await pty.waitFor((screen) => screen.some((line) => /\d+ live/.test(line)));
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
});
