import { isMissing } from '../../core/missing.ts';
import type { Remedy } from '../../diagnosis/remedies/remedy.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';

/** What can be done, best first: the danger stands before the command. */
export function remedyLines(remedies: readonly Remedy[], columns: number): readonly StyledLine[] {
  return remedies.flatMap(({ title, does, danger, command }, index) => {
    const below = (text: string) => wrapText(text, columns - INDENT - 1, 2).map((line) => run(line));
    const told = [...below(does), ...below(`danger: ${danger}`)].map((line) => [MARGIN, { ...line, style: DIM }]);
    // A command is never broken: it is to be copied.
    const how = isMissing(command)
      ? below(`no single command: ${command.detail ?? command.unavailable}`)
      : [run(`# ${command}`, { bold: true })];
    const heading = wrapText(`${index + 1}. ${title}`, columns - 1, 3).map((line) => [run(` ${line}`)]);
    return [...heading, ...told, ...how.map((line) => [MARGIN, line])];
  });
}

const INDENT = 4;
const MARGIN = run(' '.repeat(INDENT));
const DIM = { ink: 'dim' } as const;
