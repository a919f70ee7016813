import { isMissing } from '../../../core/missing.ts';
import type { Note } from '../../../core/note.ts';
import { Pseudonyms } from '../../../exports/redaction/pseudonyms.ts';
import { BlockWriter } from '../../../recording/block-writer.ts';
import type { Frame, RecordedRun } from '../../../recording/frame.ts';
import type { RecordingHeader } from '../../../recording/header.ts';
import { MemoryRecording } from '../../../recording/memory-recording.ts';
import { Playback } from '../../../recording/playback.ts';
import type { RecordingSource } from '../../../recording/recording-source.ts';
import { encodeRun } from '../../../recording/run-codec.ts';
import { KEYED_TOPICS } from '../../children/sampler/recorded-run.ts';
import { learnNames, learnNamesOfArgs } from './learn-names.ts';
import { redactReading, redactReason } from './redact-reading.ts';

/** A recording in which nothing is called by its name, and what the names became. */
export interface Redacted {
  readonly recording: MemoryRecording;
  readonly pseudonyms: Pseudonyms;
}

/** Frames between two breaths: redacting an hour takes seconds, and the screen must not wait for it. */
const FRAMES_AT_ONCE = 5;

/**
 * Writes a recording again with pseudonyms in the place of names and ids, in paths, texts, arguments, probes and notes.
 * All exports are then made from the new recording by the same code as ever, so that no name can be left in any of
 * them. Frames that cannot be read are left out.
 */
export async function redactRecording(source: RecordingSource): Promise<Redacted> {
  const pseudonyms = new Pseudonyms();
  await eachFrame(source, (frame) => {
    for (const run of [...frame.carried, ...frame.runs]) {
      learnNamesOfArgs(pseudonyms, run.args);
      for (const reading of run.readings) learnNames(pseudonyms, reading);
    }
  });
  const recording = new MemoryRecording(redactHeader(pseudonyms, source.header), {
    seconds: Number.POSITIVE_INFINITY,
    bytes: Number.POSITIVE_INFINITY,
  });
  let failure: string | undefined;
  const writer = new BlockWriter({
    keyedTopics: KEYED_TOPICS,
    onChunk: (chunk) => recording.append(chunk),
    onFailure: (message) => {
      failure = message;
    },
  });
  const encode = (run: RecordedRun) => encodeRun(redactRun(pseudonyms, run));
  await eachFrame(
    source,
    ({ tick, instant, runs, carried, probes, notes }) => {
      writer.write({
        tick,
        instant,
        runs: runs.map(encode),
        carried: carried.map(encode),
        probes: redactJson(pseudonyms, probes),
        notes: notes.map((note) => redactNote(pseudonyms, note)),
      });
    },
    () => writer.flush(),
  );
  await writer.close();
  if (failure !== undefined) throw new Error(`the recording could not be redacted: ${failure}`);
  return { recording, pseudonyms };
}

async function eachFrame(
  source: RecordingSource,
  take: (frame: Frame) => void,
  rest: () => Promise<void> = async () => {},
): Promise<void> {
  const playback = new Playback(source);
  for (let count = 1; ; count += 1) {
    const frame = playback.next();
    if (isMissing(frame)) return;
    take(frame);
    if (count % FRAMES_AT_ONCE !== 0) continue;
    await rest();
    await new Promise((settle) => setImmediate(settle));
  }
}

function redactRun(pseudonyms: Pseudonyms, run: RecordedRun): RecordedRun {
  const readings = run.readings.map((reading) => redactReading(pseudonyms, reading));
  const cpuSeconds = redactReason(pseudonyms, run.cpuSeconds);
  return { ...run, args: redactJson(pseudonyms, run.args), cpuSeconds, readings };
}

/**
 * Arguments and probes: only paths and sentences hold names, and a topic or a kind must stay what it is. Details of
 * missing values are sentences, too. What is no JSON, or nested too deep to be gone through, is none of ours and is
 * left out: it cannot be played either.
 */
function redactJson(pseudonyms: Pseudonyms, json: string): string {
  const change = (key: string, value: unknown) =>
    typeof value === 'string' && (key === 'nodeName' || /[/ ]/.test(value)) ? pseudonyms.text(value) : value;
  try {
    return JSON.stringify(JSON.parse(json), change);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return '';
    throw error;
  }
}

function redactNote(pseudonyms: Pseudonyms, note: Note): Note {
  if (note.kind === 'gap') return note;
  if (note.kind === 'export') return { ...note, path: pseudonyms.text(baseName(note.path)) };
  const writeSeconds = redactReason(pseudonyms, note.writeSeconds);
  return note.error === undefined
    ? { ...note, writeSeconds }
    : { ...note, writeSeconds, error: pseudonyms.text(note.error) };
}

function redactHeader(pseudonyms: Pseudonyms, header: RecordingSource['header']): RecordingHeader {
  if (isMissing(header)) throw new Error("the recording's header is damaged");
  const { origin, node, about } = header;
  const word = (value: typeof node.name) =>
    isMissing(value) ? redactReason(pseudonyms, value) : pseudonyms.text(value);
  return {
    ...header,
    // The folder of a fixture or the file of a replay says whose it is.
    origin: { kind: origin.kind, root: origin.kind === 'live' ? '/' : origin.kind },
    node: { name: word(node.name), kernel: node.kernel },
    about:
      about === undefined ? 'names replaced by pseudonyms' : `${pseudonyms.text(about)}; names replaced by pseudonyms`,
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
