import { readFileSync } from 'node:fs';
import { Player } from '../src/app/replay/player.ts';
import { isMissing, type Maybe } from '../src/core/missing.ts';
import { diagnose } from '../src/diagnosis/diagnose.ts';
import { DEFAULT_THRESHOLDS } from '../src/model/thresholds.ts';
import { deriveProfiled } from '../src/profile/profiled.ts';
import { openRecording } from '../src/recording/stored-recording.ts';
import { shownProfile } from '../src/views/capture-state.ts';
import type { Message } from '../src/views/message.ts';
import { initialState, type Size, type State } from '../src/views/state.ts';
import { update } from '../src/views/update.ts';

/** One picture: a moment of the demo, and what is pressed there. */
export interface Shot {
  readonly name: string;
  /** UTC, as the demo's clock shows it. */
  readonly at: string;
  readonly keys: readonly string[];
  readonly size?: Size;
}

const LARGE: Size = { columns: 160, rows: 45 };
const SMALL: Size = { columns: 80, rows: 24 };

/** Every picture there is. */
export const SHOTS: readonly Shot[] = [
  { name: 'overview-healthy', at: '12:09', keys: [] },
  { name: 'overview-sick', at: '13:12', keys: [] },
  { name: 'overview-after-drop', at: '13:24', keys: [] },
  { name: 'slabs', at: '13:12', keys: ['2'] },
  { name: 'cgroups', at: '13:12', keys: ['3'] },
  { name: 'kubelet', at: '13:12', keys: ['4'] },
  { name: 'profile', at: '13:12', keys: ['5'] },
  { name: 'advice', at: '13:12', keys: ['6'] },
  { name: 'events', at: '13:24', keys: ['7'] },
  { name: 'drop-dialog', at: '13:12', keys: ['D'] },
  { name: 'overview-80x24', at: '13:12', keys: [], size: SMALL },
  { name: 'advice-80x24', at: '13:12', keys: ['6'], size: SMALL },
];

/** The moments of the animated picture: healthy, growing, sick, the drop, relief. */
export const FILM: readonly Shot[] = ['12:09', '12:30', '12:50', '13:12', '13:16:06', '13:24'].map((at) => ({
  name: 'film',
  at,
  keys: [],
  size: { columns: 110, rows: 32 },
}));

const DEMO = new URL('../src/app/screen/demo/incident.slabrec', import.meta.url);
const PROFILE = new URL('../test/fixtures/kubelet-1.20.2/profile.pb.gz', import.meta.url);

/** The screens of shots, in the order of the demo's clock. */
export function screensOf(shots: readonly Shot[]): State[] {
  const recording = known(openRecording(DEMO.pathname));
  const player = new Player(recording, 'the recorded incident');
  const first = known(player.first()).at;
  const day = new Date(first).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const screens = shots.map((shot) => {
    const until = Date.parse(`${day}T${shot.at.length === 5 ? `${shot.at}:00` : shot.at}Z`);
    if ((player.observer.model?.instant.at ?? 0) > until) player.rewind();
    while ((player.observer.model?.instant.at ?? 0) < until) known(player.next());
    return screenAt(player, shot, known(recording.header).about);
  });
  recording.close();
  return screens;
}

function screenAt(player: Player, { keys, size = LARGE }: Shot, about: string | undefined): State {
  const { model, history } = player.observer;
  if (model === undefined) throw new Error('no model');
  let state = initialState({
    size,
    theme: { unicode: true, colour: true, graph: 'braille' },
    intervalSeconds: 2,
    dropping: { kind: 'rehearsal' },
    origin: 'replay',
  });
  const take = (message: Message) => {
    state = update(state, message).state;
  };
  take({
    kind: 'replay',
    replay: {
      name: 'demo',
      playing: true,
      speed: 1,
      first: known(player.first()).at,
      last: known(player.last()).at,
      filling: false,
      following: false,
      about,
    },
  });
  take({ kind: 'model', model, history, diagnosis: diagnose(model, history, DEFAULT_THRESHOLDS) });
  const profiled = deriveProfiled(readFileSync(PROFILE), 'kubelet-1.20.2/profile.pb.gz');
  if (isMissing(profiled)) throw new Error(profiled.detail);
  take({ kind: 'profile', profile: shownProfile(profiled) });
  for (const key of keys) take({ kind: 'key', key: { name: key, char: key, ctrl: false, shift: false } });
  return state;
}

function known<T>(value: Maybe<T>): T {
  if (isMissing(value)) throw new Error(value.detail ?? value.unavailable);
  return value;
}
