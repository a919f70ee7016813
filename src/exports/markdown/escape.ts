import { printable } from '../../core/printable.ts';

/**
 * Text as a Markdown code span, for names that the node chose: nothing in it is markup, a link or a mention. A run of
 * backticks in it is kept by a longer fence; a pipe is escaped, since tables end their cells there even within code
 * (GitHub Flavored Markdown 4.10).
 */
export function codeSpan(text: string): string {
  const shown = printable(text).replace(/\|/g, '\\|');
  if (shown.trim() === '') return '';
  const fence = '`'.repeat(longestRun(shown, /`+/g) + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/**
 * Text within a sentence or a cell. Everything that Markdown or HTML takes for markup is escaped. What a ticket system
 * finds in the text afterwards (a mention, a number of an issue, an address) is broken by a space without width, which
 * stands as an entity so that it is seen in the source.
 */
export function escapeMarkdown(text: string): string {
  return (
    printable(text)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/[\\`*_[\]#|~$]/g, '\\$&')
      // Before any entity is put in: they have such signs themselves.
      .replace(/#(?=\d)/g, `#${BREAK}`)
      .replace(/@(?=\w)/g, `@${BREAK}`)
      .replace(/:(?=\/\/)/g, `:${BREAK}`)
      .replace(/www(?=\.)/gi, `$&${BREAK}`)
      .replace(/^(\d*)([-+.)])(?=\s|$)/, '$1\\$2')
  );
}

const BREAK = '&#8203;';

/** Lines as a code block that none of them can end. */
export function codeBlock(lines: readonly string[], language = ''): readonly string[] {
  const shown = lines.map(printable);
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line, /`+/g) + 1)));
  return [`${fence}${language}`, ...shown, fence];
}

function longestRun(text: string, runs: RegExp): number {
  return Math.max(0, ...(text.match(runs) ?? []).map((run) => run.length));
}
