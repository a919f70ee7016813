import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';
import { countOurs } from '../../model/others-drops.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** What a drop frees is seen within this long. */
const EFFECT_SECONDS = 60;

/** Somebody else drops caches: how often, with what effect. It hides the leak and costs a cold cache each time. */
export const droppedByOthers = {
  id: 'dropped-by-others',
  about: 'caches dropped by another process',
  tells: 'whether a cron job or another process drops caches, how often, and with what effect',
  speaks: () => "warning where it was seen; information where only the kernel's counters tell of it",
  inputs: ['node.slabDrops', 'node.pageCacheDrops', 'events[].kind', 'slab.totalBytes'],
  evaluate: ({ model, history }): Finding => {
    const slab = amount(model.node.slabDrops);
    const pages = amount(model.node.pageCacheDrops);
    const seen = model.events.filter((event) => event.kind === 'drop-by-other');
    const rests = [evidence('node.slabDrops', slab), evidence('node.pageCacheDrops', pages)];
    const last = seen.at(-1);
    if (last !== undefined) {
      const lastSecondsAgo = Math.max(0, model.instant.monotonicSeconds - last.monotonicSeconds);
      return finding(
        droppedByOthers,
        'warning',
        { id: 'others.dropped', values: { times: seen.length, lastSecondsAgo } },
        {
          details: [...rhythm(seen), effect(history, last.monotonicSeconds)],
          evidence: rests,
          remedies: ['stop-the-churner'],
        },
      );
    }
    if (isMissing(slab)) return unknownFinding(droppedByOthers, slab, { evidence: rests });
    if (isMissing(pages)) return unknownFinding(droppedByOthers, pages, { evidence: rests });
    // Mode 3 moves both counters, so that the larger one is the least number of drops.
    const ours = (bit: 1 | 2) => countOurs(model.drops, model.node.ownDrops, bit);
    const times = Math.max(slab - ours(2), pages - ours(1), 0);
    if (times === 0) return finding(droppedByOthers, 'ok', { id: 'others.never', values: {} }, { evidence: rests });
    return finding(
      droppedByOthers,
      'info',
      { id: 'others.since-boot', values: { times, everySeconds: average(model, times) } },
      { evidence: rests },
    );
  },
} as const satisfies Rule;

/** One drop has no rhythm: it takes two to tell a time between them. */
function average(model: Model, times: number): Maybe<number> {
  if (times < 2) return missing('unsupported', 'one drop has no rhythm');
  const uptime = amount(model.host.uptimeSeconds);
  return isMissing(uptime) ? uptime : uptime / times;
}

function rhythm(seen: readonly { readonly monotonicSeconds: number }[]): Sentence[] {
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined || seen.length < 3) return [];
  const everySeconds = (last.monotonicSeconds - first.monotonicSeconds) / (seen.length - 1);
  return [{ id: 'others.every', values: { everySeconds } }];
}

/** Slab right before, and its lowest point within a minute after: the screen's own history has it. */
function effect(history: History, at: number): Sentence {
  let before: Maybe<number> = missing('absent');
  let after: Maybe<number> = missing('absent');
  history.of('slab.totalBytes').visit(at - EFFECT_SECONDS, (seconds, value) => {
    if (value === undefined || seconds > at + EFFECT_SECONDS) return;
    if (seconds < at) before = value;
    else after = isMissing(after) ? value : Math.min(after, value);
  });
  return { id: 'others.effect', values: { before, after } };
}
