import { beforeAll, describe, expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { DropNote } from '../../src/core/note.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Drop } from '../../src/model/drop.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { draw } from '../../src/views/draw.ts';
import { update } from '../../src/views/update.ts';
import { frameText, modelMessage, observedMoment, press, screenOf } from '../support/screen-state.ts';

let incident: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
});

const WORD = ['d', 'r', 'o', 'p'];

describe('nothing is dropped by accident', () => {
  test.each([
    ['Enter at once: the focus is on Cancel', ['D', 'enter']],
    ['Escape', ['D', 'escape']],
    ['the word typed while Cancel has the focus', ['D', ...WORD, 'enter']],
    ['the button without the word', ['D', 'tab', 'enter', 'enter']],
    ['half the word', ['D', 'up', 'd', 'r', 'o', 'enter', 'enter', 'enter']],
    ['the word and then Cancel', ['D', 'up', ...WORD, 'enter', 'left', 'enter']],
    ['a lower-case d elsewhere', ['d', ...WORD, 'enter']],
  ])('%s', (_, keys) => {
    expect(press(screenOf(incident), ...keys).effects).toEqual([]);
  });

  test('the typed word, then the button, drops with mode 2', () => {
    const { state, effects } = press(screenOf(incident), 'D', 'up', ...WORD, 'enter', 'enter');
    expect(effects).toEqual([{ kind: 'drop', request: { mode: 2, sync: false } }]);
    expect(state.dialog).toEqual({ kind: 'drop-watch', id: undefined, note: undefined });
  });

  test('mode and sync are chosen, and the exact command is shown', () => {
    const { state } = press(screenOf(incident), 'D', '3', 'tab', 'tab', 'tab', 'space');
    expect(frameText(draw(state))).toContain('sync; echo 3 > /proc/sys/vm/drop_caches');
    const { effects } = press(state, 'tab', ...WORD, 'enter', 'enter');
    expect(effects).toEqual([{ kind: 'drop', request: { mode: 3, sync: true } }]);
  });

  test('digits are part of the word only where it is typed', () => {
    const { state } = press(screenOf(incident), 'D', 'up', '1');
    expect(state.dialog).toMatchObject({ request: { mode: 2 }, word: '1' });
  });

  test('letters typed while Cancel has the focus are the confirmation', () => {
    const { state } = press(screenOf(incident), 'D', ...WORD);
    expect(state.dialog).toMatchObject({ word: 'drop', focus: 'word' });
    expect(press(state, 'enter', 'enter').effects).toHaveLength(1);
  });

  test.each([[['escape']], [['enter']], [['q']], [[...WORD, 'escape']]])(
    'leaving by %j says that nothing was dropped',
    (keys) => {
      const { state } = press(screenOf(incident), 'D', ...keys);
      expect(state.dialog).toBeUndefined();
      expect(frameText(draw(state))).toContain('cancelled, nothing dropped');
    },
  );
});

test('what the rules recommend is chosen before; that none helps is said', () => {
  const judged = diagnose(incident.model, incident.history, DEFAULT_THRESHOLDS);
  const why = judged.headline;
  const request = { mode: 1, sync: true } as const;
  const told = update(screenOf(incident), {
    kind: 'model',
    ...incident,
    diagnosis: { ...judged, recommendedDrop: { request, why } },
  });
  expect(press(told.state, 'D').state.dialog).toMatchObject({ request, focus: 'cancel' });
  const none = { ...judged, recommendedDrop: { none: { id: 'drop.none-frees-tmpfs', values: {} } } } as const;
  const hopeless = update(told.state, { kind: 'model', ...incident, diagnosis: none });
  expect(frameText(draw(press(hopeless.state, 'D').state))).toContain('No drop helps');
  const oneLine = (...keys: string[]) =>
    frameText(draw(press(hopeless.state, 'D', ...keys).state)).replace(/\s*│\s*/g, ' ');
  expect(oneLine()).toContain('Mode 2 is only the first choice.');
  expect(oneLine('3')).toContain('Mode 3 is your choice.');
});

test('where nothing may be dropped the reason stands in the place of the question', () => {
  const reason = 'started with --read-only';
  const { state, effects } = press(
    screenOf(incident, { dropping: { kind: 'refused', reason } }),
    'D',
    ...WORD,
    'enter',
  );
  expect(frameText(draw(state))).toContain(reason);
  expect(frameText(draw(state))).not.toContain('[ Cancel ]');
  expect(effects).toEqual([]);
  expect(press(state, 'escape').state.dialog).toBeUndefined();
});

test('a rehearsal says that it is one', () => {
  const { state } = press(screenOf(incident, { dropping: { kind: 'rehearsal' } }), 'D');
  expect(frameText(draw(state))).toContain('This is a rehearsal');
});

const NUMBERS = {
  at: 0,
  slabBytes: 900e6,
  dentries: 3_000_000,
  dying: 19_896,
  heldKmemBytes: 654_800_000,
  rootReadSeconds: 3.66,
  kubeletSystemPct: missing('absent'),
};

const DONE: Drop = {
  id: 'one',
  request: { mode: 2, sync: false },
  startedAt: 0,
  startedMonotonicSeconds: 0,
  doneAt: 12_100,
  phase: 'done',
  rehearsal: false,
  writeSeconds: 12.1,
  before: NUMBERS,
  after: { ...NUMBERS, dying: 2, rootReadSeconds: 0.006, slabBytes: 60e6 },
  minuteAfter: missing('warming-up'),
};

const NOTE: DropNote = {
  kind: 'drop',
  id: 'one',
  at: 0,
  request: DONE.request,
  phase: 'dropping',
  writeSeconds: missing('warming-up'),
  rehearsal: false,
};

describe('while it runs and afterwards', () => {
  const asked = () => press(screenOf(incident), 'D', 'up', ...WORD, 'enter', 'enter').state;

  test('progress, and then the numbers before and after', () => {
    const dropping = update(asked(), { kind: 'drop-progress', note: NOTE }).state;
    expect(frameText(draw(dropping))).toContain('dropping caches');
    const done = update(dropping, {
      kind: 'drop-progress',
      note: { ...NOTE, phase: 'done', writeSeconds: 12.1 },
    }).state;
    const { model, history } = incident;
    const proved = update(done, modelMessage({ ...model, drops: [DONE] }, history)).state;
    const text = frameText(draw(proved));
    expect(text).toContain('drop_caches=2: the write took 12.1 s');
    expect(text).toMatch(/dying memory cgroups +19,896 +2 +not yet/);
    expect(text).toMatch(/root memory\.stat read +3\.66 s +6\.0 ms/);
    expect(text).toMatch(/kubelet system CPU +absent/);
  });

  test('a failure says why, in the dialog or where it was closed', () => {
    const failed: DropNote = { ...NOTE, phase: 'failed', error: 'EACCES: permission denied' };
    expect(frameText(draw(update(asked(), { kind: 'drop-progress', note: failed }).state))).toContain('EACCES');
    const closed = press(asked(), 'escape').state;
    expect(frameText(draw(update(closed, { kind: 'drop-progress', note: failed }).state))).toContain('EACCES');
  });

  test('D while one runs shows that one; quitting meanwhile is possible', () => {
    const { model } = incident;
    const drops = [
      { ...DONE, phase: 'dropping', startedMonotonicSeconds: model.instant.monotonicSeconds - 4 } as const,
    ];
    const { state, effects } = press(screenOf({ ...incident, model: { ...model, drops } }), 'D');
    expect(frameText(draw(state))).toContain('dropping caches: 4 s so far');
    expect(effects).toEqual([]);
    expect(press(state, 'q').effects).toEqual([{ kind: 'quit' }]);
  });
});

describe('the dialog never hides its dangers', () => {
  const dangers = ['It hits the whole node', 'It can take', 'Frees dying', 'Dirty pages stay', 'Relief for a while'];

  test.each([
    [60, 15],
    [40, 10],
    [80, 24],
  ])('all of them can be read at %ix%i, and it says how many lines are left', (columns, rows) => {
    let state = press(screenOf(incident, { size: { columns, rows } }), 'D').state;
    let seen = '';
    for (let page = 0; page < 40; page += 1) {
      const frame = frameText(draw(state));
      expect(frame).toContain('Type drop to confirm');
      expect(frame).toContain('[ Cancel ]');
      seen += frame.replaceAll(/[│\s]+/g, ' ');
      if (!frame.includes('PgDn')) break;
      if (frame.includes('all read')) break;
      expect(frame).toMatch(/\d+ more lines/);
      state = press(state, 'pagedown').state;
    }
    for (const danger of dangers) expect(seen).toContain(danger);
    if (rows < 24)
      expect(frameText(draw(press(state, ...Array.from({ length: 40 }, () => 'pageup')).state))).toContain('Node');
  });

  test('it tells how long relief lasts at the growth of now', () => {
    const { model } = incident;
    const growing = { ...model, memcg: { ...model.memcg, growthPerSecond: 5000 / 780 } };
    const text = frameText(draw(press(screenOf({ ...incident, model: growing }), 'D').state));
    expect(text).toContain('at this growth critical again (5,000 dying) in 13 min');
    const size = { columns: 100, rows: 45 };
    const advice = frameText(draw(press(screenOf({ ...incident, model: growing }, { size }), '6').state));
    expect(advice.replaceAll(/\s+/g, ' ')).toContain('lasts at this growth critical again (5,000 dying) in 13 min');
  });
});
