import { isMissing, type Maybe } from '../core/missing.ts';
import { count, duration, signed } from './quantity.ts';
import { reasonSentence } from './reason.ts';

/** What is told of a drop's aftermath. */
interface Told {
  readonly dyingBack: number;
  readonly dyingPerSecond: number;
  readonly secondsToBefore: Maybe<number>;
  readonly secondsToCritical: Maybe<number>;
}

/** What came back since a drop, how fast, and when it will be as bad as before. */
export function regrowthSentence(regrowth: Maybe<Told>): string {
  if (isMissing(regrowth)) return `what comes back: ${reasonSentence(regrowth)}`;
  const { dyingBack, dyingPerSecond, secondsToBefore, secondsToCritical } = regrowth;
  const back = `${signed(dyingBack, count)} dying since, ${signed(dyingPerSecond * 3600, count)}/h`;
  if (isMissing(secondsToBefore)) return `${back}: ${reasonSentence(secondsToBefore)}`;
  if (secondsToBefore === 0) return `${back}: as many as before the drop`;
  const critical =
    isMissing(secondsToCritical) || secondsToCritical === 0 ? '' : `critical again in ${duration(secondsToCritical)}, `;
  return `${back}: ${critical}as many as before in ${duration(secondsToBefore)}`;
}

/** How long the relief of a drop lasts; undefined where that is not known. */
export function reliefSentence(
  relief: Maybe<{ readonly seconds: number; readonly dying: number }>,
): string | undefined {
  if (isMissing(relief)) return undefined;
  return `at this growth critical again (${count(relief.dying)} dying) in ${duration(relief.seconds)}`;
}
