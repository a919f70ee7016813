import type { EpochMs } from '../../../core/clock.ts';
import { isKnown, isMissing } from '../../../core/missing.ts';
import { Playback } from '../../../recording/playback.ts';
import { openRecordingBytes, type StoredRecording } from '../../../recording/stored-recording.ts';
import { decideTerminal } from '../../../views/terminal/decide-terminal.ts';
import { printError } from '../../base/print-error.ts';
import { EXIT, type Settings } from '../../base/settings.ts';
import { UserError } from '../../children/collect.ts';
import incident from './incident.slabrec';

/** What `demo` was told. */
export interface DemoFlags {
  readonly at?: string;
  readonly speed?: number;
}

/** Each frame, half a minute of the incident, is shown for so long: the whole in two minutes. */
const FRAME_SECONDS = 0.5;

const NAME = 'the recorded incident';

/** Plays the recorded incident round and round; the answer is the exit code. */
export async function demo(settings: Settings, { at, speed = 1 }: DemoFlags): Promise<number> {
  const terminal = decideTerminal({
    env: process.env,
    inputIsTty: process.stdin.isTTY === true,
    outputIsTty: process.stdout.isTTY === true,
  });
  if (terminal.kind === 'unusable') {
    printError(`the demo needs a terminal: ${terminal.reason}`);
    return EXIT.failed;
  }
  const recording = openIncident();
  const dropAt = droppedAt(recording);
  const { runReplay } = await import('../replay-screen.ts');
  return runReplay(settings, terminal, recording, {
    name: NAME,
    kind: 'demo',
    at,
    follow: undefined,
    speed,
    frameSeconds: FRAME_SECONDS,
    loops: true,
    ...(dropAt === undefined ? {} : { dropAt }),
  });
}

function openIncident(): StoredRecording {
  const recording = openRecordingBytes(NAME, incident);
  if (isMissing(recording)) throw new UserError(recording.detail ?? recording.unavailable);
  return recording;
}

/** The frame in which the recorded drop began. */
function droppedAt(recording: StoredRecording): EpochMs | undefined {
  const playback = new Playback(recording);
  for (let frame = playback.next(); isKnown(frame); frame = playback.next()) {
    if (frame.notes.some(({ kind }) => kind === 'drop')) return frame.instant.at;
  }
  return undefined;
}
