import { printable } from '../../core/printable.ts';
import { lookalikeSentence, profileFacts, profileHeadline, profileWarnings } from '../../format/profile-sentences.ts';
import { run, type Style, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import type { Model } from '../../model/model.ts';
import type { Profiled } from '../../profile/profiled.ts';

/** The answer, and what has to be known before it is believed, most important first. */
export function profileHead(
  { answer, executable, profile, origin }: Profiled,
  model: Model,
  columns: number,
): StyledLine[] {
  const lines = (text: string, style: Style): StyledLine[] =>
    wrapText(printable(text), Math.max(1, columns - 2)).map((line) => [run(` ${line}`, style)]);
  const [first, ...rest] = profileWarnings(answer, model.kubelet);
  const other = lookalikeSentence(answer);
  return [
    ...lines(profileHeadline(answer), { bold: true }),
    ...lines(first ?? '', { ink: 'yellow' }),
    ...(other === undefined ? [] : lines(other, {})),
    ...rest.flatMap((warning) => lines(warning, { ink: 'yellow' })),
    ...lines(`${profileFacts(answer, { executable, durationSeconds: profile.durationSeconds })}; from ${origin}`, {
      ink: 'dim',
    }),
  ];
}
