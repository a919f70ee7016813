import { isMissing, type Maybe, mapKnown, missing } from '../../core/missing.ts';
import type { History } from '../../model/history.ts';
import { lastDrop } from '../../model/last-drop.ts';
import type { Model } from '../../model/model.ts';
import type { Series } from '../../series/series.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

const DAY_SECONDS = 86_400;

/** Growth is taken over the last hour, and told after five minutes: caches breathe. */
const WINDOW_SECONDS = 3600;
const SHORTEST_SECONDS = 300;

/** Growth of slab memory, and when the memory that is left will be gone. */
export const slabGrowth = {
  id: 'slab-growth',
  about: 'growth of slab memory',
  tells: 'how fast slab grows, over at least five minutes, and when the memory that is left will be gone',
  speaks: (limits, p) => `warning from ${wholePct(p, limits.slabGrowthPctPerDay)} of the node's memory a day on`,
  inputs: ['slab.totalBytes', 'node.memoryTotalBytes', 'node.memoryAvailableBytes'],
  evaluate: ({ model, history, thresholds }): Finding => {
    const memory = amount(model.node.memoryTotalBytes);
    if (isMissing(memory)) return unknownFinding(slabGrowth, memory);
    const slab = amount(model.slab.totalBytes);
    if (isMissing(slab)) return unknownFinding(slabGrowth, slab);
    const growth = growthOf(history, model);
    if (isMissing(growth)) return unknownFinding(slabGrowth, growth);
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
      return finding(slabGrowth, 'ok', title, { details: [watched], evidence: rests });
    }
    const left = amount(model.node.memoryAvailableBytes);
    const gone: Sentence[] = isMissing(left) ? [] : [{ id: 'slab.gone-in', values: { inSeconds: left / perSecond } }];
    return finding(
      slabGrowth,
      'warning',
      { id: 'slab.grows', values: { perDay, pct } },
      { details: [...gone, watched], evidence: rests, remedies: ['stop-the-churner'] },
    );
  },
} as const satisfies Rule;

/**
 * Caches fill again after a drop, by ten times of what any leak does: for an hour after it growth is judged only once
 * there is more slab than before the drop, and then from that level on.
 */
function growthOf(history: History, model: Model): Maybe<{ perSecond: number; overSeconds: number }> {
  const series = history.of('slab.totalBytes');
  return mapKnown(series.last, (bytes) => {
    const stretch = series.unbroken(series.newestSeconds - WINDOW_SECONDS);
    const overSeconds = stretch === undefined ? 0 : stretch.last.monotonicSeconds - stretch.first.monotonicSeconds;
    if (stretch === undefined || overSeconds < SHORTEST_SECONDS) {
      return missing('warming-up', 'growth needs five minutes of samples');
    }
    const before = beforeDrop(series, model);
    if (before === undefined) {
      return { perSecond: (stretch.last.value - stretch.first.value) / overSeconds, overSeconds };
    }
    const seconds = stretch.last.monotonicSeconds - before.monotonicSeconds;
    if (bytes <= before.value || seconds < SHORTEST_SECONDS) {
      return missing('warming-up', 'caches fill again after a drop; growth is judged an hour after it');
    }
    return { perSecond: (bytes - before.value) / seconds, overSeconds: seconds };
  });
}

/** A drop is seen up to some seconds after it was made: the most that there was in so long before stands for before. */
const SEEN_LATE_SECONDS = 120;

/** How much slab there was before the drop of the last hour; undefined where there was none. */
function beforeDrop(series: Series, model: Model): { monotonicSeconds: number; value: number } | undefined {
  const droppedAt = lastDrop(model)?.at;
  if (droppedAt === undefined) return undefined;
  const agoSeconds = (model.instant.at - droppedAt) / 1000;
  if (agoSeconds >= WINDOW_SECONDS) return undefined;
  const monotonicSeconds = model.instant.monotonicSeconds - agoSeconds;
  let most = 0;
  series.visit(monotonicSeconds - SEEN_LATE_SECONDS, (at, value) => {
    if (at <= monotonicSeconds && value !== undefined) most = Math.max(most, value);
  });
  return { monotonicSeconds, value: most };
}
