import { isMissing, type Maybe } from '../core/missing.ts';
import { count, duration, signed } from './quantity.ts';
import { reasonSentence } from './reason.ts';

/** What is told of a drop's aftermath. */
interface Told {
  readonly dyingBack: number;
  readonly dyingPerSecond: number;
  readonly secondsToBefore: Maybe<number>;
}

/** What came back since a drop, how fast, and when it will be as bad as before. */
export function regrowthSentence(regrowth: Maybe<Told>): string {
  if (isMissing(regrowth)) return `what comes back: ${reasonSentence(regrowth)}`;
  const { dyingBack, dyingPerSecond, secondsToBefore } = regrowth;
  const back = `${signed(dyingBack, count)} dying since, ${signed(dyingPerSecond * 3600, count)}/h`;
  if (isMissing(secondsToBefore)) return `${back}: ${reasonSentence(secondsToBefore)}`;
  if (secondsToBefore === 0) return `${back}: as many as before the drop`;
  return `${back}: as many as before in ${duration(secondsToBefore)}`;
}
