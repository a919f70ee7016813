import { afterAll, afterEach } from 'vitest';
import { Pty, type PtyProgram } from './pty-program.ts';

export { Pty, type PtyProgram };

const opened = new Set<Pty>();
const openedByTest = new Set<Pty>();

/** What a test that failed had on its screens. */
afterEach(({ task }) => {
  if (task.result?.state === 'fail')
    for (const pty of openedByTest) console.log(`${task.name}:\n${pty.screen().join('\n')}`);
  openedByTest.clear();
});
afterAll(() => {
  for (const pty of opened) pty.close();
});

/** Starts a program in a pseudo-terminal of its own; it is killed after the test file if it still runs. */
export function openPty(program: PtyProgram): Pty {
  const pty = new Pty(program);
  opened.add(pty);
  openedByTest.add(pty);
  return pty;
}
