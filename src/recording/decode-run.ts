import type { ReadCost, Reading } from '../core/reading.ts';
import { RUN_READINGS_MAX } from './block-limits.ts';
import { ByteReader, DamagedBytes } from './byte-reader.ts';
import type { RecordedRun } from './frame.ts';
import { readInstant } from './instant-codec.ts';
import { readQuantity } from './quantity.ts';
import { QUESTION_OF_CODE, SHARED_PATH_MAX, WITH_COST, WITH_ERRNO } from './run-layout.ts';

/** The run in bytes of `encodeRun`; throws {@link DamagedBytes} where they are none. */
export function decodeRun(bytes: Uint8Array): RecordedRun {
  const from = new ByteReader(bytes);
  const topic = from.text();
  const args = from.text();
  const started = readInstant(from);
  const ended = readInstant(from, started);
  const cpuSeconds = readQuantity(from);
  const count = from.whole();
  if (count > RUN_READINGS_MAX) throw new DamagedBytes(`${count} readings in a run`);
  const readings: Reading[] = [];
  let previousPath = '';
  for (let index = 0; index < count; index++) {
    const reading = readReading(from, previousPath);
    readings.push(reading);
    previousPath = reading.path;
  }
  return { topic, args, started, ended, cpuSeconds, readings };
}

/** Topic, arguments and beginning of a run, without decoding its readings. */
export function runHead(bytes: Uint8Array): Pick<RecordedRun, 'topic' | 'args' | 'started'> {
  const from = new ByteReader(bytes);
  return { topic: from.text(), args: from.text(), started: readInstant(from) };
}

function readReading(from: ByteReader, previousPath: string): Reading {
  const head = from.byte();
  const question = QUESTION_OF_CODE.get(head & ~(WITH_ERRNO | WITH_COST));
  if (question === undefined) throw new DamagedBytes(`unknown question ${head}`);
  const shared = from.whole();
  if (shared > Math.min(previousPath.length, SHARED_PATH_MAX)) {
    throw new DamagedBytes('a path takes over more than the path before it has');
  }
  const path = previousPath.slice(0, shared) + from.text();
  const text = from.text();
  const answer = head & WITH_ERRNO ? { errno: text } : { text };
  return head & WITH_COST ? { question, path, cost: readCost(from), ...answer } : { question, path, ...answer };
}

function readCost(from: ByteReader): ReadCost {
  return { wallSeconds: readQuantity(from), cpuSeconds: readQuantity(from), systemSeconds: readQuantity(from) };
}
