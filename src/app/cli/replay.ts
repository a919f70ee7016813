import { decideTerminal } from '../../views/terminal/decide-terminal.ts';
import { printError } from '../base/print-error.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { UserError } from '../children/collect.ts';
import { openReplay } from './open-replay.ts';

/** What `replay` was told besides the file. */
export interface ReplayFlags {
  readonly at?: string;
  readonly once?: boolean;
  readonly batch?: boolean;
  readonly iterations?: number;
  readonly json?: boolean;
  readonly follow?: boolean;
  readonly speed?: number;
}

/** Replays a recording, on the screen or as reports; the answer is the exit code. */
export async function replay(settings: Settings, file: string, flags: ReplayFlags): Promise<number> {
  const { at, once, batch, iterations, json = false, follow = false, speed = 1 } = flags;
  if (once && batch) throw new WrongUsage('--once and --batch exclude each other; give one');
  if (!once && !batch && (json || iterations !== undefined)) {
    throw new WrongUsage(`${json ? '--json' : '-n'} goes with --once or --batch`);
  }
  try {
    const recording = await openReplay(file);
    const terminal = decideTerminal({
      env: process.env,
      inputIsTty: process.stdin.isTTY === true,
      outputIsTty: process.stdout.isTTY === true,
    });
    if (once || batch || terminal.kind === 'unusable') {
      const { printReplayed } = await import('./replay-reports.ts');
      return printReplayed(settings, recording, file, {
        kind: batch ? 'batch' : 'once',
        json,
        at,
        reports: iterations,
      });
    }
    const { runReplay } = await import('../screen/replay-screen.ts');
    return await runReplay(settings, terminal, recording, {
      name: file,
      kind: 'replay',
      at,
      follow: follow ? file : undefined,
      speed,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    printError(error.message);
    return EXIT.failed;
  }
}
