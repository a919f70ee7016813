import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Player } from '../../../src/app/replay/player.ts';
import { isKnown } from '../../../src/core/missing.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { encodeJson, printJson } from '../../../src/exports/json.ts';
import { encodeText } from '../../../src/exports/text.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { recordingFile } from '../../../src/recording/file-format.ts';
import type { Frame } from '../../../src/recording/frame.ts';
import { MemoryRecording } from '../../../src/recording/memory-recording.ts';
import { Playback } from '../../../src/recording/playback.ts';
import { openRecording, openRecordingBytes } from '../../../src/recording/stored-recording.ts';
import { chunksOf, HEADER, known } from '../../recording/sample-frames.ts';
import { leavesOf } from '../../support/leaves.ts';
import { nonsense } from '../../support/nonsense.ts';

/*
 * A recording whose checksums are right is still written by anybody, or by another version of this program: it comes
 * with a ticket. Whatever is in it, the rest is shown.
 */

const FRAMES = framesOfDemo(4);

/** A recording of the demo's first frames, one of them replaced. */
async function recordingWith(change: (frame: Frame) => Frame, header = HEADER): Promise<Buffer> {
  const ring = new MemoryRecording(HEADER);
  for (const chunk of await chunksOf(FRAMES.map((frame, at) => (at === 2 ? change(frame) : frame)))) ring.append(chunk);
  return Buffer.concat([...recordingFile(ring, header)]);
}

/** Plays a recording from its beginning to its end, and jumps to its end; how many models that gave. */
function playAll(bytes: Uint8Array): number {
  const recording = known(openRecordingBytes('a ticket', bytes));
  const player = new Player(recording, 'a ticket');
  let models = 0;
  for (let model = player.next(); isKnown(model); model = player.next()) {
    models += 1;
    expectDocument(player);
  }
  known(player.jump(known(player.last()).at));
  player.fill(Number.POSITIVE_INFINITY, () => 0);
  expectDocument(player);
  // Printed as they are.
  for (const line of player.damage()) expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  return models;
}

function expectDocument({ observer: { model, history } }: Player): void {
  if (model === undefined) throw new Error('no model');
  const report = { model, diagnosis: diagnose(model, history, DEFAULT_THRESHOLDS), toolVersion: '1' };
  const text = printJson(encodeJson(report, { cgroups: true }));
  expect(leavesOf(JSON.parse(text)).filter(({ value }) => value === null)).toEqual([]);
  expect(encodeText(report, { columns: 100 }).length).toBeGreaterThan(5);
}

test('as it was made it gives a model a frame', async () => {
  expect(playAll(await recordingWith((frame) => frame))).toBe(FRAMES.length);
});

const PROBES = FRAMES[2]?.probes ?? '';
const anyJson = (real: string) => fc.oneof(nonsense(real), fc.json(), fc.constant(''), replacedIn(real));

test('whatever its probes say', async () => {
  await fc.assert(
    fc.asyncProperty(anyJson(PROBES), async (probes) => {
      expect(playAll(await recordingWith((frame) => ({ ...frame, probes })))).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 25 },
  );
});

test('whatever its samplers were told', async () => {
  const runs = FRAMES[2]?.runs ?? [];
  await fc.assert(
    fc.asyncProperty(
      fc.nat(runs.length - 1).chain((at) => fc.tuple(fc.constant(at), anyJson(runs[at]?.args ?? '{}'))),
      async ([at, args]) => {
        const changed = (frame: Frame) => frame.runs.map((run, index) => (index === at ? { ...run, args } : run));
        expect(playAll(await recordingWith((frame) => ({ ...frame, runs: changed(frame) })))).toBeGreaterThanOrEqual(3);
      },
    ),
    { numRuns: 25 },
  );
});

test('a note of another form costs its frame, and is told without what a terminal obeys', async () => {
  const owned = '\u001b]0;owned\u0007';
  for (const notes of [[{ kind: owned }], [{ kind: 'drop', id: 'd', at: owned }], owned, { [owned]: 1 }]) {
    const forged: Frame['notes'] = JSON.parse(JSON.stringify(notes));
    expect(playAll(await recordingWith((frame) => ({ ...frame, notes: forged })))).toBe(FRAMES.length - 1);
  }
});

/** Numbers that are no time, no duration and no date. */
const anyNumber = fc.constantFrom(0, -0, -1, 0.5, 1e300, -1e300, 8.64e15, 8.65e15, 5e-324);

test('whenever its notes say that something was done', async () => {
  const at = anyNumber;
  const note = fc.oneof(
    fc.record({
      kind: fc.constant('drop' as const),
      id: fc.string(),
      at,
      request: fc.record({ mode: fc.constantFrom(1 as const, 2 as const, 3 as const), sync: fc.boolean() }),
      phase: fc.constantFrom('syncing' as const, 'dropping' as const, 'done' as const, 'failed' as const),
      writeSeconds: anyNumber,
      rehearsal: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('gap' as const), at, monotonicSeconds: anyNumber, seconds: anyNumber }),
    fc.record({ kind: fc.constant('export' as const), at, path: fc.string(), format: fc.string() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(note, { maxLength: 3 }), async (notes) => {
      expect(playAll(await recordingWith((frame) => ({ ...frame, notes })))).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 25 },
  );
});

test('whatever was read, and however long it took', async () => {
  const seconds = fc.oneof(anyNumber, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(seconds), fc.infiniteStream(fc.nat()), async (costs, numbers) => {
      const next = () => numbers.next().value ?? 0;
      const cost = () => costs.next().value ?? 0;
      const changed = (frame: Frame): Frame => ({
        ...frame,
        runs: frame.runs.map((run) => ({
          ...run,
          cpuSeconds: cost(),
          readings: run.readings.map((reading) => {
            if ('errno' in reading) return reading;
            const spoiled = next() % 3 === 0 ? reading.text.slice(next() % (reading.text.length + 1)) : reading.text;
            if (reading.cost === undefined) return { ...reading, text: spoiled };
            return { ...reading, cost: { wallSeconds: cost(), cpuSeconds: cost(), systemSeconds: cost() } };
          }),
        })),
      });
      expect(playAll(await recordingWith(changed))).toBeGreaterThanOrEqual(3);
    }),
    // Endless streams are not shrunk: that took all memory instead of telling the failure.
    { numRuns: 25, endOnFailure: true },
  );
});

test('whatever its header says it is of', async () => {
  const value = fc.oneof(fc.jsonValue(), fc.constant('\u001b]0;owned\u0007'));
  const texts = fc.dictionary(fc.constantFrom('toolVersion', 'startedAt', 'origin', 'node', 'about'), value);
  await fc.assert(
    fc.asyncProperty(texts, async (changes) => {
      const header = JSON.parse(JSON.stringify({ ...HEADER, ...changes }));
      expect(playAll(await recordingWith((frame) => frame, header))).toBe(FRAMES.length);
    }),
    { numRuns: 10 },
  );
});

/** A JSON text of which one value is another one. */
function replacedIn(real: string): fc.Arbitrary<string> {
  const values = [...real.matchAll(/(?<=:)(?:-?\d+(?:\.\d+)?|"[^"]*"|true|false)/g)];
  if (values.length === 0) return fc.constant(real);
  const other = fc.constantFrom('null', '1e999', '-1', '""', '"\\u001b[31m"', '[]', '{}', '1e300', '"held"');
  return fc.tuple(fc.constantFrom(...values), other).map(([found, value]) => {
    const at = found.index ?? 0;
    return real.slice(0, at) + value + real.slice(at + found[0].length);
  });
}

function framesOfDemo(count: number): Frame[] {
  const path = fileURLToPath(new URL('../../../src/app/screen/demo/incident.slabrec', import.meta.url));
  const recording = known(openRecording(path));
  const playback = new Playback(recording);
  const frames = Array.from({ length: count }, () => known(playback.next()));
  recording.close();
  return frames;
}
