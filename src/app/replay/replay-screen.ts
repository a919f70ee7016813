import type { StoredRecording } from '../../recording/stored-recording.ts';
import type { UsableTerminal } from '../screen-loop.ts';
import type { Setting } from '../setting.ts';

export async function runReplay(
  _s: Setting,
  _t: UsableTerminal,
  _r: StoredRecording,
  _o: { file: string; at: string | undefined; follow: boolean; speed: number },
): Promise<number> {
  return 0;
}
