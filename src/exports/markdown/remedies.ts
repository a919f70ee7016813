import { isMissing } from '../../core/missing.ts';
import type { Remedy } from '../../diagnosis/remedies/remedy.ts';
import { codeBlock, escapeMarkdown } from './escape.ts';

/** What can be done, best first, each with its danger before its command. */
export function markdownRemedies(remedies: readonly Remedy[]): readonly string[] {
  return remedies.flatMap(({ title, does, cannot, danger, prefer, command }, index) => [
    `### ${index + 1}. ${escapeMarkdown(title)}`,
    '',
    `- does: ${escapeMarkdown(does)}`,
    `- cannot: ${escapeMarkdown(cannot)}`,
    `- **danger**: ${escapeMarkdown(danger)}`,
    `- ${escapeMarkdown(prefer)}`,
    '',
    ...(isMissing(command)
      ? [`No single command: ${escapeMarkdown(command.detail ?? command.unavailable)}`]
      : codeBlock([command], 'sh')),
    '',
  ]);
}
