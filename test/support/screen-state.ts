import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { plain } from '../../src/format/styled.ts';
import type { History } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import type { Effect } from '../../src/views/effect.ts';
import type { Frame } from '../../src/views/frame.ts';
import { type InitialOptions, initialState, type State } from '../../src/views/state.ts';
import type { Key } from '../../src/views/terminal/key.ts';
import { update } from '../../src/views/update.ts';
import { copyOfCaptured, type Moment } from './captures.ts';
import { observeFixture } from './observe.ts';

/** When the captured moments are said to be, so that frames have one time of day. */
const AT = '2026-11-23T14:03:22Z';

/** A model as the screen gets it, with what it means. */
export function modelMessage(model: Model, history: History, thresholds = DEFAULT_THRESHOLDS) {
  return { kind: 'model', model, history, diagnosis: diagnose(model, history, thresholds) } as const;
}

/** A captured moment, observed at a fixed instant. */
export function observedMoment(moment: Moment): { readonly model: Model; readonly history: History } {
  const folder = copyOfCaptured(moment);
  const file = join(folder, 'host.json');
  const declared: object = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...declared, at: AT }));
  const { model, observer } = observeFixture(folder);
  return { model, history: observer.history };
}

const OPTIONS: InitialOptions = {
  size: { columns: 160, rows: 45 },
  theme: { unicode: true, colour: true, graph: 'braille' },
  intervalSeconds: 2,
  dropping: { kind: 'allowed' },
  origin: 'fixture',
};

/** A screen that was given a model. */
export function screenOf(
  { model, history }: { readonly model: Model; readonly history: History },
  options: Partial<InitialOptions> = {},
): State {
  return update(initialState({ ...OPTIONS, ...options }), modelMessage(model, history)).state;
}

/** A key by its name as the keymap writes it (`q`, `C-c`, `S-tab`). */
export function keyNamed(id: string): Key {
  const [, modifier, name = id] = /^([CS])-(.+)$/.exec(id) ?? [];
  const key = { name, ctrl: modifier === 'C', shift: modifier === 'S' };
  if (name === 'space') return { ...key, char: ' ' };
  return [...name].length === 1 && modifier === undefined ? { ...key, char: name } : key;
}

/** Presses keys one after the other; the effects of all of them. */
export function press(state: State, ...ids: readonly string[]): { readonly state: State; readonly effects: Effect[] } {
  let now = state;
  const effects: Effect[] = [];
  for (const id of ids) {
    const next = update(now, { kind: 'key', key: keyNamed(id) });
    now = next.state;
    effects.push(...next.effects);
  }
  return { state: now, effects };
}

/** A frame without its styles. */
export function frameText({ lines }: Frame): string {
  return `${lines.map((line) => plain(line).trimEnd()).join('\n')}\n`;
}
