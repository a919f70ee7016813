import { afterAll } from 'vitest';
import { Pty, type PtyProgram } from './pty-program.ts';

export { Pty, type PtyProgram };

const opened = new Set<Pty>();
afterAll(() => {
  for (const pty of opened) pty.close();
});

/** Starts a program in a pseudo-terminal of its own; it is killed after the test file if it still runs. */
export function openPty(program: PtyProgram): Pty {
  const pty = new Pty(program);
  opened.add(pty);
  return pty;
}
