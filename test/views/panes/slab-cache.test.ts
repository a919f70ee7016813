import { expect, test } from 'vitest';
import type { CacheModel, Model } from '../../../src/model/model.ts';
import { draw } from '../../../src/views/draw.ts';
import type { State } from '../../../src/views/state.ts';
import { update } from '../../../src/views/update.ts';
import { frameText, modelMessage, observedMoment, press, screenOf } from '../../support/screen-state.ts';

const incident = observedMoment('incident');
const textOf = (state: State) => frameText(draw(state));

function withCaches(change: (caches: readonly CacheModel[]) => readonly CacheModel[]): Model {
  const { caches } = incident.model.slab;
  return Array.isArray(caches)
    ? { ...incident.model, slab: { ...incident.model.slab, caches: change(caches) } }
    : incident.model;
}

test.each([
  [160, 45],
  [80, 24],
])('Enter in Slabs tells all about the cache under the cursor, at %ix%i', (columns, rows) => {
  const { state } = press(screenOf(incident, { size: { columns, rows } }), '2', 'enter');
  const text = textOf(state);
  expect(text).toContain('dentry   639 MiB   16.2 % of memory');
  for (const words of [
    'holds     names of files that were looked up',
    'grows     with look-ups of ever new names',
    'drop      drop_caches mode 2 frees its unused objects',
    'made in   fs/dcache.c',
    '3,082,111 unused',
    'top 639 MiB',
  ]) {
    expect(text).toContain(words);
  }
  for (const key of ['enter', 'escape', 'left']) {
    expect(textOf(press(state, key).state)).toContain('CACHE SIZE');
  }
});

test('a cache that is in no table says so, and a name cannot reach the terminal', () => {
  const model = withCaches((caches) => caches.slice(0, 1).map((cache) => ({ ...cache, name: 'drv\u001b[31m' })));
  const text = textOf(press(screenOf({ ...incident, model }), '2', 'enter').state);
  expect(text).toContain('is an unknown cache');
  expect(text).not.toContain('\u001b');
});

test('the cache stays open by its name when another one becomes larger; down opens the next', () => {
  const { state } = press(screenOf(incident), '2', 'down', 'enter');
  const second = textOf(state).split('\n')[3]?.trim().split(' ')[0] ?? '';
  const swapped = withCaches(([first, next, ...rest]) =>
    first === undefined || next === undefined ? [] : [next, first, ...rest],
  );
  const later = update(state, modelMessage(swapped, incident.history)).state;
  expect(second).not.toBe('dentry');
  expect(textOf(later)).toContain(` ${second}   `);
  expect(textOf(press(state, 'up').state)).toContain('dentry   639 MiB');
});

test('a cache that went leaves the table; Enter opens another one', () => {
  const { state } = press(screenOf(incident), '2', 'enter');
  const later = update(
    state,
    modelMessage(
      withCaches((caches) => caches.slice(1)),
      incident.history,
    ),
  ).state;
  expect(textOf(later)).toContain('CACHE SIZE');
  expect(textOf(press(later, 'enter').state)).toContain('Esc: all caches');
});
