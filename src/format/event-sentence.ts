import { bothKnown, isMissing, knownOr, missing } from '../core/missing.ts';
import type { DropRequest } from '../core/note.ts';
import { printable } from '../core/printable.ts';
import type { Severity } from '../core/severity.ts';
import type { Drop } from '../model/drop.ts';
import type { NodeEvent } from '../model/events.ts';
import { FIELDS } from '../model/fields.ts';
import { bytes, count, duration, seconds, signed } from './quantity.ts';
import { valueText } from './value.ts';

/** An event as a person reads it. */
export interface EventSentence {
  readonly severity: Severity;
  readonly text: string;
}

/** `drop_caches=2`, with `sync` before it where that came first. */
export function dropName(request: DropRequest): string {
  return `${request.sync ? 'sync, ' : ''}drop_caches=${request.mode}`;
}

/** One event in one sentence; the numbers of a drop are in `drops` under its id. */
export function eventSentence(event: NodeEvent, drops: readonly Drop[]): EventSentence {
  switch (event.kind) {
    case 'drop': {
      const drop = drops.find((each) => each.id === event.dropId);
      return drop === undefined ? { severity: 'info', text: 'caches dropped by slabtop-k8s' } : dropSentence(drop);
    }
    case 'drop-by-other':
      return { severity: 'warning', text: `caches dropped by another process: ${whichDrops(event)}` };
    case 'drop-by-instance':
      return { severity: 'info', text: `caches dropped by another instance of this tool: ${whichDrops(event)}` };
    case 'kubelet-found':
      return { severity: 'info', text: `kubelet found: pid ${event.pid}` };
    case 'kubelet-restarted':
      return { severity: 'warning', text: `kubelet restarted: pid ${event.pid}, before it was ${event.pidBefore}` };
    case 'kubelet-gone':
      return { severity: 'warning', text: `kubelet ended: pid ${event.pid}` };
    case 'gap':
      return { severity: 'info', text: `nothing was sampled for ${duration(event.seconds)}: the graphs have a gap` };
    case 'finding':
      return { severity: event.severity, text: printable(event.text) };
    case 'finding-over':
      return { severity: 'ok', text: `over: ${printable(event.text)}` };
    case 'reads-throttled':
      return { severity: 'info', text: `slow reads paused for ${duration(event.inSeconds)}: the budget is used up` };
    case 'data-lost':
      return { severity: 'warning', text: `${FIELDS[event.field].title} no longer available: ${event.reason}` };
    case 'data-back':
      return { severity: 'info', text: `${FIELDS[event.field].title} available again` };
    case 'export':
      return { severity: 'info', text: `written: ${printable(event.path)}` };
  }
}

function whichDrops({ slabDrops, pageCacheDrops }: { slabDrops: number; pageCacheDrops: number }): string {
  const times = (amount: number) => (amount === 1 ? 'once' : `${count(amount)} times`);
  const parts: string[] = [];
  if (slabDrops > 0) parts.push(`dentries and inodes ${times(slabDrops)}`);
  if (pageCacheDrops > 0) parts.push(`page cache ${times(pageCacheDrops)}`);
  return parts.join(', ');
}

function dropSentence(drop: Drop): EventSentence {
  const name = `${drop.rehearsal ? 'rehearsal: ' : ''}${dropName(drop.request)} by slabtop-k8s`;
  if (drop.phase === 'failed') {
    return { severity: 'critical', text: `${name} failed: ${printable(drop.error ?? 'no reason given')}` };
  }
  if (drop.phase !== 'done') return { severity: 'info', text: `${name}: ${drop.phase}` };
  const took = `took ${valueText(drop.writeSeconds, seconds)}`;
  const { before } = drop;
  // The outcome, and a minute later what it has come to.
  const later = isMissing(drop.minuteAfter) || isMissing(drop.minuteAfter.dying) ? drop.after : drop.minuteAfter;
  const after = isMissing(later) || isMissing(later.dying) ? missing('warming-up') : later;
  if (isMissing(after)) return { severity: 'info', text: `${name} ${took}; the counts are still moving` };
  const text = (value: typeof before.dying, print: (known: number) => string) =>
    isMissing(value) && value.unavailable === 'warming-up' ? 'not yet' : valueText(value, print);
  const pair = (print: (value: number) => string, one: typeof before.dying, other: typeof before.dying) =>
    `${text(one, print)} → ${text(other, print)}`;
  const freed = bothKnown(before.slabBytes, after.slabBytes, (was, is) => is - was);
  const helped =
    knownOr(
      bothKnown(before.dying, after.dying, (was, is) => (is < was / 2 ? 1 : 0)),
      0,
    ) === 1;
  const sentence = [
    `${name}: ${pair(count, before.dying, after.dying)} dying`,
    `root read ${pair(seconds, before.rootReadSeconds, after.rootReadSeconds)}`,
    `slab ${text(freed, (value) => signed(value, bytes))}`,
  ].join(', ');
  return { severity: helped ? 'ok' : 'info', text: `${sentence}; ${took}` };
}
