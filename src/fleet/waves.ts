import { isMissing, knownOr } from '../core/missing.ts';
import { type FleetNode, NODE_STATES } from './model.ts';

/** One node of a wave, and what relieves it. */
export interface Relief {
  readonly name: string;
  /** `drop` where a drop fits what pins its dying, `drain` where none does; `look` where that is not known. */
  readonly by: 'drop' | 'drain' | 'look';
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
  return wave.map(commandOf);
}

function commandOf({ name, by, mode, why }: Relief): string {
  switch (by) {
    case 'drop':
      return `kubectl slabtop ${shellWord(name)} --allow-drop    # then D, mode ${mode}`;
    case 'drain':
      return `kubectl drain ${shellWord(name)} --ignore-daemonsets --delete-emptydir-data`;
    case 'look':
      return `kubectl slabtop ${shellWord(name)}    # ${why}`;
  }
}

/** Names of nodes need no quoting; whatever a label holds that is none is quoted. */
export function shellWord(name: string): string {
  return /^[A-Za-z0-9._-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function secondsLeft({ facts }: FleetNode): number {
  return isMissing(facts) ? Number.POSITIVE_INFINITY : knownOr(facts.secondsToCritical, Number.POSITIVE_INFINITY);
}

/** A drain moves every pod of a node: only where it is known that nothing less helps. */
function reliefOf({ name, facts, state }: FleetNode): Relief {
  const look = (why: string): Relief => ({ name, by: 'look', mode: 0, why: `${state}; ${why}` });
  if (isMissing(facts) || isMissing(facts.dropMode)) return look('what pins its dying is not known');
  const { dropMode: mode, pinnedBy } = facts;
  if (mode > 0) return { name, by: 'drop', mode, why: `${state}, pinned by ${knownOr(pinnedBy, 'what a drop frees')}` };
  if (isMissing(pinnedBy)) return look('nothing pins dying cgroups: see what else is wrong');
  return { name, by: 'drain', mode: 0, why: `${state}; no drop helps against ${pinnedBy}` };
}
