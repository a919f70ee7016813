import { expect, test } from 'vitest';
import { redactRecording } from '../../../../src/app/export/redaction/redact-recording.ts';
import { isKnown, missing } from '../../../../src/core/missing.ts';
import type { Note } from '../../../../src/core/note.ts';
import type { Reading } from '../../../../src/core/reading.ts';
import { BlockWriter } from '../../../../src/recording/block-writer.ts';
import type { Frame } from '../../../../src/recording/frame.ts';
import { MemoryRecording } from '../../../../src/recording/memory-recording.ts';
import { Playback } from '../../../../src/recording/playback.ts';
import { encodeRun } from '../../../../src/recording/run-codec.ts';
import { chunksOf, HEADER, known, sampleFrames } from '../../../recording/sample-frames.ts';

const UID = '4f1c2a3b-5d6e-4789-8abc-0123456789ab';
const ID = 'a3f1'.repeat(16);
const CGROUP = `/kubepods/burstable/pod${UID}/${ID}`;

const READINGS: readonly Reading[] = [
  { question: 'read', path: '/proc/sys/kernel/hostname', text: 'frankfurt-17.corp.example.org\n' },
  { question: 'list', path: '/var/log/pods', text: `payments_ledger-0_${UID}\nodd folder of frankfurt` },
  { question: 'read', path: '/proc/77/comm', text: 'ledger-0\n' },
  {
    question: 'timed',
    path: `/sys/fs/cgroup/memory${CGROUP}/memory.stat`,
    errno: 'ENOENT',
    cost: {
      wallSeconds: 0.5,
      cpuSeconds: missing('unsupported', `no time for ${CGROUP}`),
      systemSeconds: missing('unsupported', 'under 50 ms'),
    },
  },
  {
    question: 'links',
    path: '/proc/77/fd',
    text: `3 /data/frankfurt.db\n4 /sys/fs/cgroup/memory${CGROUP}/memory.stat`,
  },
  { question: 'own', path: '/run/slabtop-k8s.lock', text: `{"reads":[{"path":"${CGROUP}"}]}` },
];

const NOTES: readonly Note[] = [
  { kind: 'export', at: 1000, path: '/home/treasury/slabtop-k8s-frankfurt-17-2026.md', format: 'md' },
  {
    kind: 'drop',
    id: '1',
    at: 1000,
    request: { mode: 2, sync: false },
    phase: 'failed',
    writeSeconds: missing('failed', 'on frankfurt-17'),
    error: 'cannot write on frankfurt-17',
    rehearsal: false,
  },
];

async function recorded(): Promise<MemoryRecording> {
  const recording = new MemoryRecording({
    toolVersion: '1.0.0',
    startedAt: 0,
    origin: { kind: 'fixture', root: '/home/treasury/captures' },
    node: { name: 'frankfurt-17', kernel: '4.4.155' },
    about: 'of frankfurt-17',
  });
  const writer = new BlockWriter({
    keyedTopics: new Set(),
    onChunk: (chunk) => recording.append(chunk),
    onFailure: (message) => {
      throw new Error(message);
    },
  });
  for (const tick of [0, 1, 2]) {
    const instant = { at: 1000 * tick, monotonicSeconds: tick };
    const args = JSON.stringify({ targets: [{ path: CGROUP, file: 'memory.stat' }], topic: 'payments' });
    const run = encodeRun({
      topic: 'x',
      args,
      started: instant,
      ended: instant,
      cpuSeconds: 0.001,
      readings: READINGS,
    });
    const probes = JSON.stringify({ inFlight: { topic: 'walk', what: `memory.stat of ${CGROUP}`, path: CGROUP } });
    writer.write({ tick, instant, runs: [run], carried: [], probes, notes: NOTES });
  }
  await writer.close();
  return recording;
}

function framesOf(recording: MemoryRecording): Frame[] {
  const playback = new Playback(recording);
  const frames: Frame[] = [];
  for (let frame = playback.next(); isKnown(frame); frame = playback.next()) frames.push(frame);
  return frames;
}

test('every part of a recording is redacted: header, arguments, readings, reasons, probes, notes', async () => {
  const { recording } = await redactRecording(await recorded());
  const frames = framesOf(recording);
  expect(frames).toHaveLength(3);
  const text = JSON.stringify([recording.header, frames]);
  for (const name of ['frankfurt', 'corp.example', 'ledger', 'treasury', UID, ID.slice(0, 12)]) {
    expect([name, text.includes(name)]).toEqual([name, false]);
  }
  expect(recording.header).toMatchObject({ origin: { kind: 'fixture', root: 'fixture' }, node: { name: 'node-1' } });
  const [first] = frames;
  expect(first?.notes[0]).toMatchObject({ path: 'slabtop-k8s-node-1-2026.md' });
  expect(first?.notes[1]).toMatchObject({ error: 'cannot write on node-1' });
  expect(JSON.parse(first?.probes ?? '')).toMatchObject({ inFlight: { topic: 'walk' } });
});

test('numbers, times and what a thing is stay as they were', async () => {
  const original = await recorded();
  const { recording } = await redactRecording(original);
  const [before, after] = [framesOf(original), framesOf(recording)];
  expect(after.map(({ tick, instant }) => ({ tick, instant }))).toEqual(
    before.map(({ tick, instant }) => ({ tick, instant })),
  );
  const run = after[2]?.runs[0];
  expect(run).toMatchObject({ topic: 'x', cpuSeconds: 0.001 });
  expect(JSON.parse(run?.args ?? '')).toMatchObject({ topic: 'payments', targets: [{ file: 'memory.stat' }] });
  expect(run?.readings.map(({ question }) => question)).toEqual(READINGS.map(({ question }) => question));
  expect(run?.readings[3]).toMatchObject({ errno: 'ENOENT', cost: { wallSeconds: 0.5 } });
  expect(run?.readings[1]).toMatchObject({ text: expect.stringMatching(/^namespace-1_pod-1_00000000-/) });
  expect(run?.readings[4]).toMatchObject({ text: expect.stringMatching(/^4 \/sys\/fs\/cgroup\/memory\/kubepods/) });
});

test('what is no JSON, or nested without end, is left out, and the rest is redacted', async () => {
  const odd = ['', 'frankfurt-17', `${'['.repeat(100_000)}${']'.repeat(100_000)}`];
  const frames = sampleFrames(odd.length).map((frame, at) => ({ ...frame, probes: odd[at] ?? '' }));
  const source = new MemoryRecording(HEADER);
  for (const chunk of await chunksOf(frames)) source.append(chunk);
  const { recording } = await redactRecording(source);
  const playback = new Playback(recording);
  for (const _ of odd) expect(known(playback.next())).toMatchObject({ probes: '', runs: [{ args: '{}' }, {}] });
});
