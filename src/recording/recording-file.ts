import type { EpochMs } from '../core/clock.ts';
import { isMissing } from '../core/missing.ts';
import { encodeBeginning, encodeEnding, type IndexRow } from './file-format.ts';
import type { RecordingHeader } from './header.ts';
import type { RecordingSource } from './recording-source.ts';

/**
 * The bytes of a recording's file with the blocks of `source` that touch the time from `from` to `until`, piece by
 * piece: the last hour in a bundle. Blocks go as they are, whole, so that nothing is compressed again; one that is no
 * longer there is left out.
 */
export function* recordingFile(
  source: RecordingSource,
  header: RecordingHeader,
  from: EpochMs = Number.NEGATIVE_INFINITY,
  until: EpochMs = Number.POSITIVE_INFINITY,
): Generator<Uint8Array> {
  const beginning = encodeBeginning(header);
  yield beginning;
  let offset = beginning.length;
  const rows: IndexRow[] = [];
  for (const block of source.blocks()) {
    if (block.last.at < from || block.first.at > until) continue;
    const bytes = source.blockBytes(block);
    if (isMissing(bytes)) continue;
    yield bytes;
    rows.push({ offset, byteLength: bytes.length, first: block.first, last: block.last });
    offset += bytes.length;
  }
  yield encodeEnding(rows, offset);
}
