import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { Player } from '../../../src/app/replay/player.ts';
import { isMissing, type Maybe } from '../../../src/core/missing.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { encodeJson, printJson } from '../../../src/exports/json.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { openRecording } from '../../../src/recording/stored-recording.ts';

const DEMO = fileURLToPath(new URL('../../../src/app/screen/demo/incident.slabrec', import.meta.url));

function known<T>(value: Maybe<T>): T {
  if (isMissing(value)) throw new Error(value.detail ?? value.unavailable);
  return value;
}

const recording = known(openRecording(DEMO));
afterAll(() => recording.close());

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);

/** The document of what a player has observed. */
function documentOf({ observer }: Player): string {
  const { model, history } = observer;
  if (model === undefined) throw new Error('no model');
  const diagnosis = diagnose(model, history, DEFAULT_THRESHOLDS);
  return printJson(encodeJson({ model, diagnosis, toolVersion: '1' }, { cgroups: true }));
}

function playedTo(time: number): Player {
  const player = new Player(recording, 'demo');
  while ((player.observer.model?.instant.at ?? 0) < time) known(player.next());
  return player;
}

test('a jump, once its graphs are filled, is the moment that playing comes to', () => {
  const time = at('12:40:00');
  const player = new Player(recording, 'demo');
  known(player.jump(time));
  expect(player.isFilling).toBe(true);
  let slices = 0;
  while (!player.fill(0, () => 0)) slices += 1;
  expect(slices).toBeGreaterThan(50);
  expect(documentOf(player)).toBe(documentOf(playedTo(time)));
  known(player.next());
  expect(documentOf(player)).toBe(documentOf(playedTo(at('12:40:30'))));
});

test('a jump has its moment at once: counts, tables and rates', () => {
  const player = new Player(recording, 'demo');
  const jumped = known(player.jump(at('13:12:00')));
  const { model } = playedTo(at('13:12:00')).observer;
  expect(jumped.memcg.dying).toBe(model?.memcg.dying);
  expect(jumped.slab.totalBytes).toBe(model?.slab.totalBytes);
  // Reads of cgroups that were removed meanwhile are forgotten with the walks before.
  expect(jumped.reads.slice(0, 4)).toEqual(model?.reads.slice(0, 4));
  const pods = new Set(jumped.reads.map(({ pod }) => pod));
  expect(pods).toContain('shop/cart-2');
  expect(jumped.kubelet).toMatchObject({ cpuPct: expect.any(Number), threads: 1 });
  expect(known(jumped.memcg.cgroups)).toHaveLength(195);
});

test('back is one frame, looking ahead moves nothing, and the end is told', () => {
  const player = playedTo(at('12:02:00'));
  expect(known(player.peekNext()).at).toBe(at('12:02:30'));
  expect(known(player.previous()).instant.at).toBe(at('12:01:30'));
  expect(known(player.next()).instant.at).toBe(at('12:02:00'));
  known(player.jump(known(player.last()).at));
  expect(player.next()).toMatchObject({ unavailable: 'absent', detail: 'the end of the recording' });
  player.rewind();
  expect(known(player.peekNext()).at).toBe(at('12:00:00'));
  expect(known(player.next()).instant.at).toBe(at('12:00:00'));
});
