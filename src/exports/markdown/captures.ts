import { isKnown } from '../../core/missing.ts';
import { traceSentences } from '../../format/trace-sentences.ts';
import type { Profiled } from '../../profile/profiled.ts';
import type { Traced } from '../../trace/traced.ts';
import { profileContent, topTable } from '../content/profile.ts';
import { summaryTable, tracedCallsTable, tracedFilesTable } from '../content/trace.ts';
import type { Report } from '../report.ts';
import { escapeMarkdown } from './escape.ts';
import { markdownTable } from './table.ts';

const MOST_FUNCTIONS = 30;
const MOST_CALLS = 20;
const MOST_TRACED = 10;

/** A profile that somebody took: the answer, what to know of it, the top table. */
export function markdownProfile(profiled: Profiled, kubelet: Report['model']['kubelet']): readonly string[] {
  const { headline, sentences, warnings } = profileContent(profiled, kubelet);
  return [
    `**${escapeMarkdown(headline)}**`,
    '',
    ...[...sentences, ...warnings].map((text) => `- ${escapeMarkdown(text)}`),
    '',
    ...markdownTable(topTable(profiled, MOST_FUNCTIONS)),
  ];
}

/** A trace that somebody took: what it means, and its tables. */
export function markdownTrace(traced: Traced): readonly string[] {
  const { summary, trace } = traced;
  return [
    `strace of ${escapeMarkdown(traced.origin)}.`,
    '',
    ...traceSentences(traced).map((text) => `- ${escapeMarkdown(text)}`),
    ...(isKnown(summary) ? ['', ...markdownTable(summaryTable(summary, MOST_CALLS))] : []),
    ...(isKnown(trace)
      ? [
          '',
          ...markdownTable(tracedCallsTable(trace, MOST_TRACED)),
          '',
          ...markdownTable(tracedFilesTable(trace, MOST_TRACED)),
        ]
      : []),
  ];
}
