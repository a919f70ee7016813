import { isMissing, type Maybe } from '../../core/missing.ts';
import { bytesInFile } from '../../recording/random-bytes.ts';
import { openRecording, type StoredRecording } from '../../recording/stored-recording.ts';
import { UserError } from '../children/collect.ts';

/**
 * Opens what is to be replayed, a recording or a bundle with one; throws {@link UserError}, in words, where it is
 * neither or cannot be read.
 */
export async function openReplay(path: string): Promise<StoredRecording> {
  const recording = isArchive(path) ? await inBundle(path) : openRecording(path);
  if (isMissing(recording)) throw new UserError(recording.detail ?? `${path}: ${recording.unavailable}`);
  return recording;
}

/** Whether a file begins as every gzip file does; one that cannot be read is left to who opens it. */
export function isArchive(path: string): boolean {
  const bytes = bytesInFile(path);
  if (isMissing(bytes)) return false;
  const beginning = bytes.read(0, 2);
  bytes.close();
  return !isMissing(beginning) && beginning[0] === 0x1f && beginning[1] === 0x8b;
}

/** Archives are unpacked only where there is one. */
async function inBundle(path: string): Promise<Maybe<StoredRecording>> {
  const { openBundle } = await import('../export/bundle/open-bundle.ts');
  const bundle = await openBundle(path);
  return isMissing(bundle) ? bundle : bundle.recording;
}
