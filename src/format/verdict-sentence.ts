import { isKnown, isMissing, knownOr, mapKnown } from '../core/missing.ts';
import { type Severity, worse } from '../core/severity.ts';
import type { Model } from '../model/model.ts';
import { rootRead } from '../model/root-read.ts';
import { dyingSeverity, readSeverity } from './levels.ts';
import { count, seconds } from './quantity.ts';
import { reasonSentence } from './reason.ts';

/** One sentence about the node, and how bad it is. */
export interface Verdict {
  readonly severity: Severity;
  readonly sentence: string;
}

/**
 * What the counts and the reads say by themselves, before or without the rules. `inFlightSeconds` is for how long a
 * read of the root's memory.stat has been running: a lower bound of what it takes.
 */
export function verdictOf(model: Model, inFlightSeconds: number | undefined): Verdict {
  const { dying } = model.memcg;
  const wall = mapKnown(rootRead(model), ({ wallSeconds }) => wallSeconds);
  const read = knownOr(wall, undefined);
  if (inFlightSeconds !== undefined && inFlightSeconds > Math.max(1, read ?? 0)) {
    const who = isKnown(dying) ? `with ${count(dying)} dying memory cgroups ` : '';
    return {
      severity: 'critical',
      sentence: `${who}a read of the root's memory.stat has taken ${seconds(inFlightSeconds)} and is not over`,
    };
  }
  if (isMissing(dying) && read === undefined) {
    return { severity: 'unknown', sentence: `dying memory cgroups: ${reasonSentence(dying)}` };
  }
  if (isMissing(dying)) {
    const severity = read === undefined ? 'unknown' : worse('unknown', readSeverity(read));
    return {
      severity,
      sentence: `a root read of memory.stat takes ${seconds(read ?? 0)}; dying memory cgroups: ${reasonSentence(dying)}`,
    };
  }
  if (read === undefined) {
    const many = dyingSeverity(dying) === 'ok' ? 'unknown' : 'warning';
    return { severity: many, sentence: `${count(dying)} dying memory cgroups; memory.stat has not been read yet` };
  }
  return both(dying, read);
}

function both(dying: number, read: number): Verdict {
  const slow = readSeverity(read);
  const many = dyingSeverity(dying);
  const takes = `root read ${seconds(read)}`;
  if (slow !== 'ok' && many !== 'ok') {
    return { severity: slow, sentence: `${count(dying)} dying memory cgroups make memory.stat slow: ${takes}` };
  }
  if (slow !== 'ok')
    return { severity: slow, sentence: `memory.stat is slow: ${takes}; ${count(dying)} dying memory cgroups` };
  if (many !== 'ok') {
    return {
      severity: 'warning',
      sentence: `${count(dying)} dying memory cgroups, but memory.stat is quick: ${takes}`,
    };
  }
  return { severity: 'ok', sentence: `memory.stat is quick: ${takes}; ${count(dying)} dying memory cgroups` };
}
