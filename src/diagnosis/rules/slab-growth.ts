import { isMissing, type Maybe, mapKnown, missing } from '../../core/missing.ts';
import type { History } from '../../model/history.ts';
import type { Sentence } from '../prose/say.ts';
import { amount, evidence } from './inputs.ts';
import { type Rule, told, untold } from './rule.ts';

const DAY_SECONDS = 86_400;

/** Growth is taken over the last hour, and told after five minutes: caches breathe. */
const WINDOW_SECONDS = 3600;
const SHORTEST_SECONDS = 300;

/** Growth of slab memory, and when the memory that is left will be gone. */
export const slabGrowth: Rule = {
  id: 'slab-growth',
  inputs: ['slab.totalBytes', 'node.memoryTotalBytes', 'node.memoryAvailableBytes'],
  evaluate: ({ model, history, thresholds }) => {
    const memory = amount(model.node.memoryTotalBytes);
    if (isMissing(memory)) return untold('slab-growth', memory);
    const slab = amount(model.slab.totalBytes);
    if (isMissing(slab)) return untold('slab-growth', slab);
    const growth = growthOf(history);
    if (isMissing(growth)) return untold('slab-growth', growth);
    const { perSecond, overSeconds } = growth;
    const perDay = perSecond * DAY_SECONDS;
    const pct = memory > 0 ? (perDay / memory) * 100 : 0;
    const watched: Sentence = { id: 'slab.watched', values: { forSeconds: overSeconds } };
    const rests = [
      evidence('slab.totalBytes', slab),
      evidence('slab.growthBytesPerSecond', perSecond, {
        threshold: (memory * thresholds.slabGrowthPctPerDay) / 100 / DAY_SECONDS,
      }),
    ];
    if (pct < thresholds.slabGrowthPctPerDay) {
      const title: Sentence =
        perDay < 0 ? { id: 'slab.shrinks', values: { perDay: -perDay } } : { id: 'slab.steady', values: { perDay } };
      return told('slab-growth', 'ok', title, { details: [watched], evidence: rests });
    }
    const left = amount(model.node.memoryAvailableBytes);
    const gone: Sentence[] = isMissing(left) ? [] : [{ id: 'slab.gone-in', values: { inSeconds: left / perSecond } }];
    return told(
      'slab-growth',
      'warning',
      { id: 'slab.grows', values: { perDay, pct } },
      { details: [...gone, watched], evidence: rests, remedies: ['stop-the-churner'] },
    );
  },
};

function growthOf(history: History): Maybe<{ perSecond: number; overSeconds: number }> {
  const series = history.of('slab.totalBytes');
  return mapKnown(series.last, () => {
    const stretch = series.unbroken(series.newestSeconds - WINDOW_SECONDS);
    const overSeconds = stretch === undefined ? 0 : stretch.last.monotonicSeconds - stretch.first.monotonicSeconds;
    if (stretch === undefined || overSeconds < SHORTEST_SECONDS) {
      return missing('warming-up', 'growth is told after five minutes of watching');
    }
    return { perSecond: (stretch.last.value - stretch.first.value) / overSeconds, overSeconds };
  });
}
