import { compareDocuments } from '../../../exports/diff/comparison.ts';
import { encodeDiffJson } from '../../../exports/diff/diff-json.ts';
import { encodeDiffMarkdown } from '../../../exports/diff/diff-markdown.ts';
import { encodeDiffText } from '../../../exports/diff/diff-text.ts';
import { printColoured, printPlain } from '../../../exports/styled-text.ts';
import { endAtBrokenPipe } from '../../base/broken-pipe.ts';
import { printError } from '../../base/print-error.ts';
import { EXIT, type Settings } from '../../base/settings.ts';
import { UserError } from '../../children/collect.ts';
import { openSide } from './open-side.ts';

/** What a comparison can be printed as. */
export type DiffFormat = 'text' | 'md' | 'json';

/** Lines are broken here where standard output is no terminal that says how wide it is. */
const COLUMNS = 160;

/** Prints two moments side by side; the answer is the exit code. */
export async function diff(settings: Settings, a: string, b: string, format: DiffFormat): Promise<number> {
  endAtBrokenPipe();
  try {
    const comparison = compareDocuments(await openSide(settings, a), await openSide(settings, b));
    process.stdout.write(printed());
    return EXIT.fine;

    function printed(): string {
      if (format === 'json') return encodeDiffJson(comparison);
      if (format === 'md') return encodeDiffMarkdown(comparison);
      const lines = encodeDiffText(comparison, process.stdout.columns ?? COLUMNS);
      const colour = process.stdout.isTTY && settings.color !== false && !process.env.NO_COLOR;
      return colour ? printColoured(lines) : printPlain(lines);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    printError(error.message);
    return EXIT.failed;
  }
}
