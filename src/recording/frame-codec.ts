import type { Instant } from '../core/clock.ts';
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';
import { FRAME_RUNS_MAX } from './chunk.ts';
import type { EncodedFrame, Frame } from './frame.ts';
import { decodeRun } from './run-codec.ts';
import { notesSchema, parseStoredJson } from './stored-json.ts';
import { readInstant, writeInstant } from './value-codec.ts';

/**
 * The bytes of a frame: instant, tick, probes, notes (JSON; empty for none), then how many runs are carried and those,
 * then how many are its own and those, each behind its length.
 */
export function encodeFrame(frame: EncodedFrame): Uint8Array {
  const runs = [...frame.carried, ...frame.runs];
  const out = new ByteWriter(runs.reduce((sum, run) => sum + run.length + 8, frame.probes.length + 256));
  writeInstant(out, frame.instant);
  out.whole(frame.tick);
  out.text(frame.probes);
  out.text(frame.notes.length === 0 ? '' : JSON.stringify(frame.notes));
  for (const some of [frame.carried, frame.runs]) {
    out.whole(some.length);
    for (const run of some) out.block(run);
  }
  return out.finish();
}

/** The frame in bytes of {@link encodeFrame}, its runs as bytes; throws `DamagedBytes` where they are none. */
export function splitFrame(bytes: Uint8Array): EncodedFrame {
  const from = new ByteReader(bytes);
  const instant = readInstant(from);
  const tick = from.whole();
  const probes = from.text();
  const notes = from.text();
  return {
    tick,
    instant,
    carried: readRuns(from),
    runs: readRuns(from),
    probes,
    notes: notes === '' ? [] : parseStoredJson(notesSchema, notes),
  };
}

/** The same with the runs decoded. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const frame = splitFrame(bytes);
  return { ...frame, carried: frame.carried.map(decodeRun), runs: frame.runs.map(decodeRun) };
}

/** The instant of a frame, without decoding the rest. */
export function frameInstant(bytes: Uint8Array): Instant {
  return readInstant(new ByteReader(bytes));
}

function readRuns(from: ByteReader): Uint8Array[] {
  const count = from.whole();
  if (count > FRAME_RUNS_MAX) throw new DamagedBytes(`${count} runs in a frame`);
  const runs: Uint8Array[] = [];
  for (let index = 0; index < count; index++) runs.push(from.block());
  return runs;
}
