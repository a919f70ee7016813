import { existsSync } from 'node:fs';
import { errnoOf, errnoSentence } from '../../../core/errno.ts';
import { isMissing, type Maybe } from '../../../core/missing.ts';
import type { Side } from '../../../exports/diff/comparison.ts';
import { parseSnapshotDocument } from '../../../exports/diff/snapshot-document.ts';
import { encodeJson, printJson } from '../../../exports/json.ts';
import { readNamedFile } from '../../../host/regular-file.ts';
import type { RecordingSource } from '../../../recording/recording-source.ts';
import { openRecording } from '../../../recording/stored-recording.ts';
import { reportOf } from '../../base/report-of.ts';
import type { Settings } from '../../base/settings.ts';
import { thresholdsOf } from '../../base/thresholds-of.ts';
import { WrongUsage } from '../../base/wrong-usage.ts';
import { UserError } from '../../children/collect.ts';
import { Player } from '../../replay/player.ts';
import { timeOf } from '../../replay/time-of.ts';
import { isArchive } from '../open-replay.ts';

/** A JSON document is a few hundred kB; a node with 100,000 cgroups has 50 MB. */
const MOST_DOCUMENT_BYTES = 256 * 1024 * 1024;

/**
 * Opens one side of a comparison: the JSON document of a snapshot, a bundle, or a moment of a recording (`FILE@14:03`,
 * the last one unless it is told). Throws {@link UserError}, in words, where it is none of these.
 */
export async function openSide(settings: Settings, name: string): Promise<Side> {
  const { path, time } = named(name);
  if (isArchive(path)) {
    const { openBundle } = await import('../../export/bundle/open-bundle.ts');
    const bundle = known(path, await openBundle(path));
    const text = time === undefined ? bundle.document : momentOf(settings, path, bundle.recording, time);
    return sideOf(name, text, bundle.manifest.redacted.length > 0);
  }
  const document = documentIn(path);
  if (document !== undefined) {
    if (time !== undefined) throw new WrongUsage(`${name}: a JSON document has one moment; leave out @${time}`);
    return sideOf(name, document);
  }
  const recording = known(path, openRecording(path));
  const text = momentOf(settings, path, recording, time);
  recording.close();
  return sideOf(name, text);
}

/** The time stands behind the last `@`, unless a file is named so. */
function named(name: string): { readonly path: string; readonly time: string | undefined } {
  const at = name.lastIndexOf('@');
  if (at <= 0 || existsSync(name)) return { path: name, time: undefined };
  return { path: name.slice(0, at), time: name.slice(at + 1) };
}

function momentOf(settings: Settings, path: string, recording: RecordingSource, time: string | undefined): string {
  const player = new Player(recording, path, thresholdsOf(settings.thresholds));
  const last = known(path, player.last());
  known(path, player.jump(time === undefined ? last.at : timeOf(time, player)));
  player.fill(Number.POSITIVE_INFINITY, () => 0);
  return printJson(encodeJson(reportOf(settings, player.observer)));
}

function sideOf(name: string, text: string, redacted = false): Side {
  return { name, document: known(name, parseSnapshotDocument(text)), redacted };
}

/** The text of a JSON document; undefined for another file, which is left to who opens it. */
function documentIn(path: string): string | undefined {
  try {
    const text = readNamedFile(path, MOST_DOCUMENT_BYTES).toString('utf8');
    return /^\s*[{[]/.test(text.slice(0, 64)) ? text : undefined;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EFBIG') return undefined;
    throw new UserError(`${path}: ${errnoSentence(errno)}`);
  }
}

function known<T>(name: string, value: Maybe<T>): T {
  if (!isMissing(value)) return value;
  const said = value.detail ?? value.unavailable;
  throw new UserError(said.includes(name) ? said : `${name}: ${said}`);
}
