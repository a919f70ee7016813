import { setTimeout as sleep } from 'node:timers/promises';
import type { Pty } from '../support/pty-program.ts';
import { membersOf } from './footprint.ts';
import { Session, survivors } from './session.ts';

/** The ways in which a screen ends, and the exit code of each. */
const ENDINGS: readonly { readonly name: string; readonly code: number; readonly how: (pty: Pty) => void }[] = [
  { name: 'q', code: 0, how: (pty) => pty.type('q') },
  { name: '^C', code: 0, how: (pty) => pty.type('\x03') },
  { name: 'SIGTERM', code: 143, how: (pty) => pty.kill('SIGTERM') },
  { name: 'SIGHUP', code: 129, how: (pty) => pty.kill('SIGHUP') },
  { name: 'SIGINT', code: 130, how: (pty) => pty.kill('SIGINT') },
  { name: 'SIGQUIT', code: 131, how: (pty) => pty.kill('SIGQUIT') },
];

/** Starts a screen for every way to end, ends it so, and tells what was left: `onEnded` is called after each. */
export async function endInEveryWay(
  program: string,
  args: readonly string[],
  onEnded: (name: string, wrong: readonly string[]) => void,
): Promise<void> {
  for (const { name, code, how } of ENDINGS) {
    const session = new Session(program, args);
    await session.ready();
    onEnded(`ended by ${name}`, await session.end(how, code));
  }
  onEnded('ended by SIGTERM while the terminal took nothing', await endStalled(program, args));
}

/**
 * Closes the terminals of two screens. Nothing else may be started meanwhile: it would inherit the terminal, which is
 * closed when nobody has it.
 */
export async function closeTerminals(
  program: string,
  args: readonly string[],
  onEnded: (name: string, wrong: readonly string[]) => void,
): Promise<void> {
  onEnded('terminal closed', await hungUp(program, args, false));
  onEnded('terminal closed while it took nothing', await hungUp(program, args, true));
}

/** What it was sent and did not take would otherwise be waited for without end. */
async function endStalled(program: string, args: readonly string[]): Promise<string[]> {
  const session = new Session(program, args);
  await session.ready();
  const members = membersOf(session.pty.pid);
  session.pty.stall();
  for (let redraw = 0; redraw < 60; redraw += 1) {
    session.pty.type(`\x0c${1 + (redraw % 7)}`);
    await sleep(50);
  }
  session.pty.kill('SIGTERM');
  const wrong = await survivors(members);
  session.pty.close();
  return wrong;
}

/** No modes can be compared: the terminal is gone. */
async function hungUp(program: string, args: readonly string[], stalled: boolean): Promise<string[]> {
  const session = new Session(program, args);
  await session.ready();
  const members = membersOf(session.pty.pid);
  if (stalled) session.pty.stall();
  await sleep(stalled ? 1500 : 0);
  session.pty.hangUp();
  const wrong = await survivors(members);
  session.pty.close();
  return wrong;
}
