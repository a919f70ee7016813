import { QUESTIONS, type Question, type ReadCost, type Reading } from '../core/reading.ts';
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';
import { RUN_READINGS_MAX } from './chunk.ts';
import type { RecordedRun } from './frame.ts';
import { readInstant, readQuantity, writeInstant, writeQuantity } from './value-codec.ts';

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

/**
 * The number that stands for a question in a recording. Numbers are for ever: a new question gets a new one, at most
 * 63, because two bits of the byte say what follows ({@link WITH_ERRNO}, {@link WITH_COST}).
 */
const QUESTION_CODES: Readonly<Record<Question, number>> = {
  read: 1,
  timed: 2,
  list: 3,
  dirs: 4,
  link: 5,
  links: 6,
  own: 7,
  buildInfo: 8,
};

/** The question behind a number; none for a number that this version does not know. */
const QUESTION_OF_CODE: ReadonlyMap<number, Question> = new Map(
  QUESTIONS.map((question) => [QUESTION_CODES[question], question]),
);

/** The reading's text is an errno. */
const WITH_ERRNO = 0x40;

/** A cost follows. */
const WITH_COST = 0x80;

/**
 * At most so many UTF-16 units of a path are taken over from the path before it: PATH_MAX is 4096, and a forged
 * recording cannot blow a few bytes up into long texts.
 */
const SHARED_PATH_MAX = 4096;
