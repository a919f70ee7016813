import { isMissing, knownOr } from '../core/missing.ts';
import { type FleetNode, NODE_STATES } from './model.ts';

/** One node of a wave, and what relieves it. */
export interface Relief {
  readonly name: string;
  /** `drop` where a drop of caches fits what pins its dying; else it is to be drained. */
  readonly by: 'drop' | 'drain';
  readonly mode: number;
  readonly why: string;
}

/**
 * An order in which sick nodes are relieved, at most so many at a time: critical ones first, then those that will be
 * critical soonest. A proposal: nothing runs it.
 */
export function proposeWaves(nodes: readonly FleetNode[], atOnce: number): readonly (readonly Relief[])[] {
  const sick = nodes.filter(({ state }) => state === 'critical' || state === 'warning');
  const sorted = [...sick].sort(
    (a, b) => NODE_STATES.indexOf(a.state) - NODE_STATES.indexOf(b.state) || secondsLeft(a) - secondsLeft(b),
  );
  const reliefs = sorted.map(reliefOf);
  const waves: Relief[][] = [];
  for (let from = 0; from < reliefs.length; from += atOnce) waves.push(reliefs.slice(from, from + atOnce));
  return waves;
}

/** The commands of a wave, one a line. */
export function commandsOf(wave: readonly Relief[]): readonly string[] {
  return wave.map(({ name, by, mode }) =>
    by === 'drop'
      ? `kubectl slabtop ${shellWord(name)} --allow-drop    # then D, mode ${mode}`
      : `kubectl drain ${shellWord(name)} --ignore-daemonsets --delete-emptydir-data`,
  );
}

/** Names of nodes need no quoting; whatever a label holds that is none is quoted. */
function shellWord(name: string): string {
  return /^[A-Za-z0-9._-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function secondsLeft({ facts }: FleetNode): number {
  return isMissing(facts) ? Number.POSITIVE_INFINITY : knownOr(facts.secondsToCritical, Number.POSITIVE_INFINITY);
}

function reliefOf({ name, facts, state }: FleetNode): Relief {
  const mode = isMissing(facts) ? 0 : knownOr(facts.dropMode, 0);
  const pinned = isMissing(facts) ? '' : knownOr(facts.pinnedBy, '');
  if (mode > 0) return { name, by: 'drop', mode, why: `${state}, pinned by ${pinned || 'what a drop frees'}` };
  const why = isMissing(facts) ? `${state}; what pins was not asked for` : `${state}; no drop helps`;
  return { name, by: 'drain', mode: 0, why };
}
