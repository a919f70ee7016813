import { isMissing, type Maybe, missing } from '../../../core/missing.ts';
import { openRecordingBytes, type StoredRecording } from '../../../recording/stored-recording.ts';
import { DOCUMENT_NAME, MANIFEST_NAME, type Manifest, parseManifest, RECORDING_NAME } from './manifest.ts';
import { sha256 } from './pack-bundle.ts';
import { readArchive } from './read-archive.ts';

/** What was found in a bundle. */
export interface OpenedBundle {
  readonly manifest: Manifest;
  readonly recording: StoredRecording;
  /** The text of its JSON document. */
  readonly document: string;
}

/**
 * Opens a bundle, wherever it was made; nothing but the file is needed. Missing, in words, where it is none, is cut
 * short, of a later version, or not what its manifest says.
 */
export async function openBundle(path: string): Promise<Maybe<OpenedBundle>> {
  const files = await readArchive(path, [MANIFEST_NAME, RECORDING_NAME, DOCUMENT_NAME]);
  if (isMissing(files)) return files;
  const first = files.get(MANIFEST_NAME);
  if (first === undefined) return missing('malformed', `${path} is not a bundle: it has no ${MANIFEST_NAME}`);
  const manifest = parseManifest(first.toString('utf8'));
  if (isMissing(manifest)) return missing(manifest.unavailable, `${path}: ${manifest.detail ?? manifest.unavailable}`);
  for (const name of [RECORDING_NAME, DOCUMENT_NAME]) {
    const wrong = problemOf(name, files.get(name), manifest);
    if (wrong !== undefined) return missing('malformed', `${path}: ${wrong}`);
  }
  const recording = openRecordingBytes(`${path}/${RECORDING_NAME}`, files.get(RECORDING_NAME) ?? new Uint8Array());
  if (isMissing(recording)) return recording;
  return { manifest, recording, document: files.get(DOCUMENT_NAME)?.toString('utf8') ?? '' };
}

function problemOf(name: string, bytes: Uint8Array | undefined, manifest: Manifest): string | undefined {
  const entry = manifest.entries.find(({ path }) => path === name);
  if (bytes === undefined || entry === undefined) return `the bundle has no ${name}`;
  return sha256(bytes) === entry.sha256 ? undefined : `${name} was changed after the bundle was made`;
}
