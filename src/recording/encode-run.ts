import type { Reading } from '../core/reading.ts';
import { ByteWriter } from './byte-writer.ts';
import type { RecordedRun } from './frame.ts';
import { writeInstant } from './instant-codec.ts';
import { writeQuantity } from './quantity.ts';
import { QUESTION_CODES, SHARED_PATH_MAX, WITH_COST, WITH_ERRNO } from './run-layout.ts';

/** One for all runs: none needs a buffer of its own but that of its bytes. */
const out = new ByteWriter(64 * 1024);

/**
 * The bytes of a run: topic, arguments, both instants, CPU time, the number of readings, the readings. A reading is
 * a byte (question and what follows), its path as "so much of the path before it, and then", its text or errno, and
 * its cost if it has one. A cgroup path is 150 characters of which the next one differs in a few, so that a walk of
 * 300 cgroups shrinks by half before brotli sees it.
 *
 * Texts are well-formed Unicode, as every text decoded from bytes is; a lone surrogate would come back as U+FFFD.
 */
export function encodeRun(run: RecordedRun): Uint8Array {
  out.clear();
  out.text(run.topic);
  out.text(run.args);
  writeInstant(out, run.started);
  writeInstant(out, run.ended, run.started);
  writeQuantity(out, run.cpuSeconds);
  out.whole(run.readings.length);
  let previousPath = '';
  for (const reading of run.readings) {
    writeReading(reading, previousPath);
    previousPath = reading.path;
  }
  return out.finish();
}

function writeReading(reading: Reading, previousPath: string): void {
  const answered = 'text' in reading;
  const cost = reading.cost;
  out.byte(QUESTION_CODES[reading.question] | (answered ? 0 : WITH_ERRNO) | (cost === undefined ? 0 : WITH_COST));
  const shared = sharedLength(previousPath, reading.path);
  out.whole(shared);
  out.text(reading.path.slice(shared));
  out.text(answered ? reading.text : reading.errno);
  if (cost === undefined) return;
  writeQuantity(out, cost.wallSeconds);
  writeQuantity(out, cost.cpuSeconds);
  writeQuantity(out, cost.systemSeconds);
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length, SHARED_PATH_MAX);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  // The two halves of a character outside the basic plane stay together: alone, neither has a form in UTF-8.
  const last = shared === 0 ? 0 : b.charCodeAt(shared - 1);
  return last >= 0xd800 && last <= 0xdbff ? shared - 1 : shared;
}
