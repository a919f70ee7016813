import { measureDay } from './day/measure-day.ts';
import { measureBlockedKeys, measureDying, measurePanes, measureTrees } from './own.ts';
import { measureProfiles } from './profiles.ts';
import type { Results } from './results.ts';
import { measureWalks, walksTakeSeconds } from './walks.ts';

/** What one run finds of this tool alone. */
export type Alone = Pick<Results, 'own' | 'walks' | 'profiles' | 'keysWhileBlocked' | 'day' | 'skipped'>;

const TREES = [100, 600, 5000, 20_000];
const PANES = ['1', '2', '3', '4', '5', '6', '7'];
const DYING = [0, 1000, 15_000, 30_000];
const PRESSES = 200;

/** Panes and dying cgroups have no rhythm longer than a few seconds; trees have the walk's, which is ten at least. */
const SHARE_WITHOUT_WALKS = 0.5;

/** Starting and settling of a row, and making hosts, cgroups, profiles, keys and the simulated day together. */
const ROW_SECONDS = 5;
const REST_SECONDS = 190;

/** How long {@link measureAlone} takes, roughly. */
export function aloneTakesSeconds(seconds: number): number {
  const short = (PANES.length + DYING.length) * (seconds * SHARE_WITHOUT_WALKS + ROW_SECONDS);
  return TREES.length * (seconds + ROW_SECONDS) + short + walksTakeSeconds(TREES) + REST_SECONDS;
}

/** Measures this tool alone, one thing after the other; `onPart` is told what begins. */
export async function measureAlone(seconds: number, onPart: (part: string) => void): Promise<Alone> {
  const shortSeconds = seconds * SHARE_WITHOUT_WALKS;
  onPart('generated hosts');
  const trees = await measureTrees(seconds, TREES);
  onPart('walks of generated hosts');
  const walks = await measureWalks(TREES);
  onPart('panes');
  const panes = await measurePanes(shortSeconds, PANES);
  onPart('keys while a probe blocks');
  const keysWhileBlocked = await measureBlockedKeys(PRESSES);
  onPart('profiles');
  const profiles = await measureProfiles();
  onPart('a simulated day');
  const day = await measureDay();
  onPart('dying cgroups');
  const dying = await measureDying(shortSeconds, DYING);
  const found = { walks, profiles, keysWhileBlocked, day };
  return typeof dying === 'string'
    ? { own: [...trees, ...panes], ...found, skipped: [{ what: 'dying cgroups', why: dying }] }
    : { own: [...trees, ...panes, ...dying], ...found, skipped: [] };
}
