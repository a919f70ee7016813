import { isMissing } from '../../core/missing.ts';
import { openRecording, type StoredRecording } from '../../recording/stored-recording.ts';
import { CannotSample } from '../collect.ts';

/** Opens what is to be replayed; throws {@link CannotSample}, in words, where it is no recording or cannot be read. */
export function openReplay(path: string): StoredRecording {
  const recording = openRecording(path);
  if (isMissing(recording)) throw new CannotSample(recording.detail ?? `${path}: ${recording.unavailable}`);
  return recording;
}
