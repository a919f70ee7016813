import { beforeAll, expect, test } from 'vitest';
import { draw } from '../../src/views/draw.ts';
import { commonKeys } from '../../src/views/keymap.ts';
import type { Replaying, State } from '../../src/views/state.ts';
import { update } from '../../src/views/update.ts';
import { frameText, observedMoment, press, screenOf } from '../support/screen-state.ts';

process.env.TZ = 'UTC';

let incident: ReturnType<typeof observedMoment>;
beforeAll(() => {
  incident = observedMoment('incident');
});

function replayed(change: Partial<Replaying> = {}): State {
  const { at } = incident.model.instant;
  const replay: Replaying = {
    name: 'replay',
    playing: false,
    speed: 1,
    first: at - 3_600_000,
    last: at + 3_600_000,
    filling: false,
    following: false,
    about: 'where it comes from',
    ...change,
  };
  return update(screenOf(incident, { origin: 'replay' }), { kind: 'replay', replay }).state;
}

test.each([
  ['space', { kind: 'play' }],
  ['[', { kind: 'step', steps: -1 }],
  [']', { kind: 'step', steps: 1 }],
  ['{', { kind: 'move', seconds: -60 }],
  ['}', { kind: 'move', seconds: 60 }],
  [',', { kind: 'slower' }],
  ['.', { kind: 'faster' }],
  ['N', { kind: 'next-event' }],
  ['P', { kind: 'previous-event' }],
])('%s wishes %j', (key, wish) => {
  expect(press(replayed(), key).effects).toEqual([{ kind: 'replay', wish }]);
});

test('Space pauses what plays', () => {
  expect(press(replayed({ playing: true }), 'space').effects).toEqual([{ kind: 'replay', wish: { kind: 'pause' } }]);
});

test('keys that need a kernel do nothing, and stand in no help', () => {
  const state = replayed();
  for (const key of ['t', '+', '-']) {
    const { state: after, effects } = press(state, key);
    expect(effects).toEqual([]);
    expect({ ...after, notice: undefined }).toEqual({ ...state, notice: undefined });
    expect(after.notice?.text).toBe(`${key} does nothing here; ? shows the keys`);
  }
  const help = frameText(draw(press(state, '?').state));
  expect(help).not.toContain('sample less often');
  for (const { help: text } of commonKeys(state)) expect(help).toContain(text);
});

test('J asks for a time, which is typed, mended, and gone to', () => {
  const asked = press(replayed(), 'J', '1', '4', 'x', 'backspace', ':', '0', '3');
  expect(asked.effects).toEqual([]);
  expect(frameText(draw(asked.state))).toContain('Go to: 14:03');
  const gone = press(asked.state, 'enter');
  expect(gone.effects).toEqual([{ kind: 'replay', wish: { kind: 'go-to', text: '14:03' } }]);
  expect(gone.state.dialog).toBeUndefined();
  expect(press(asked.state, 'escape').effects).toEqual([]);
});

test.each<[Partial<Replaying>, string]>([
  [{ playing: true, speed: 5 }, 'replay ▶ 5×'],
  [{}, 'replay PAUSED'],
  [{ filling: true }, 'replay, filling the graphs'],
  [{ following: true }, 'replay, following'],
  [{ name: 'demo', playing: true }, 'demo ▶'],
])('the header says %j', (change, text) => {
  const [header = '', , about = ''] = frameText(draw(replayed(change))).split('\n');
  expect(header).toContain(text);
  expect(header).toContain('50 % of 2 h');
  expect(about).toContain('where it comes from');
});
