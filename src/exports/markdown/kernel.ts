import { isMissing } from '../../core/missing.ts';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { ItemVerdict } from '../../diagnosis/kernel/verdict.ts';
import { reasonSentence } from '../../format/reason.ts';
import type { Cell } from '../content/table.ts';
import { codeSpan, escapeMarkdown } from './escape.ts';
import { markdownTable } from './table.ts';

/** What the kernel matrix says of this kernel, and what was measured: the version explains, the measurement decides. */
export function markdownKernel({ kernel, measured }: Diagnosis): readonly string[] {
  const rows = Object.values(kernel.items).map(
    ({ item, status, reason, fixedIn, commits, upgrade }): readonly Cell[] => [
      { text: item, kind: 'name' },
      { text: status, kind: 'value' },
      { text: reason, kind: 'value' },
      { text: [fixedIn, ...commits].join(' '), kind: 'value' },
      { text: upgradeText(upgrade), kind: 'value' },
    ],
  );
  const heads = ['item', 'this kernel', 'why', 'fixed in mainline', 'upgrade to'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  return [
    `${codeSpan(kernel.release.text)}, ${escapeMarkdown(kernel.release.familyName)}`,
    '',
    ...markdownTable({ heads, rows }),
    '',
    ...measured.map(({ statement }) => `- ${escapeMarkdown(statement)}`),
  ];
}

function upgradeText(upgrade: ItemVerdict['upgrade']): string {
  if (upgrade === undefined) return 'not needed';
  return isMissing(upgrade) ? reasonSentence(upgrade) : upgrade;
}
