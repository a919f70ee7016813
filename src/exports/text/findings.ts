import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { PRINTER } from '../../format/printer.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../../format/severity.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';

/** The findings, worst first: those that say something in full, those that are fine by their names. */
export function findingLines({ findings }: Diagnosis, columns: number): readonly StyledLine[] {
  const fine = findings.filter(({ severity }) => severity === 'ok');
  const told = findings.filter(({ severity }) => severity !== 'ok');
  return [
    ...told.flatMap((finding) => toldLines(finding, columns)),
    ...(fine.length === 0 ? [] : labelled('ok', fine.map(({ id }) => id).join(', '), columns)),
  ];
}

function toldLines({ severity, title, details }: Finding, columns: number): readonly StyledLine[] {
  const below = details.map((detail) => say(detail, PRINTER));
  return [
    ...labelled(severity, say(title, PRINTER), columns),
    ...below.flatMap((sentence) =>
      wrapText(sentence, columns - LABEL_WIDTH - 1).map((line) => [
        run(' '.repeat(LABEL_WIDTH)),
        run(line, { ink: 'dim' }),
      ]),
    ),
  ];
}

const LABEL_WIDTH = 10;

function labelled(severity: Finding['severity'], text: string, columns: number): readonly StyledLine[] {
  return wrapText(text, columns - LABEL_WIDTH - 1).map((line, index) => [
    index === 0
      ? run(` ${SEVERITY_WORD[severity]}`.padEnd(LABEL_WIDTH), { ...SEVERITY_STYLE[severity], bold: true })
      : run(' '.repeat(LABEL_WIDTH)),
    run(line),
  ]);
}
