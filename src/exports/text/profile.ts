import type { Maybe } from '../../core/missing.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import type { KubeletModel } from '../../model/model.ts';
import type { Profiled } from '../../profile/profiled.ts';
import { profileContent, topTable } from '../content/profile.ts';
import { tableLines } from './table-lines.ts';

/** How much of a profile is told. */
export interface ProfileTextOptions {
  readonly columns: number;
  /** Rows of the top table. */
  readonly most: number;
  readonly kubelet?: Maybe<KubeletModel>;
}

/** A profile for a person: the answer first, then the warnings, then the top table. */
export function profileLines(profiled: Profiled, options: ProfileTextOptions): readonly StyledLine[] {
  const { columns, most, kubelet } = options;
  const { headline, sentences, warnings } = profileContent(profiled, kubelet);
  const wrapped = (text: string, indent: number) => wrapText(text, columns - 2, indent);
  const left = profiled.top.length - most;
  return [
    ...wrapped(headline, 0).map((line): StyledLine => [run(` ${line}`, { bold: true })]),
    ...sentences.flatMap((text) => wrapped(text, 2).map((line): StyledLine => [run(` ${line}`)])),
    ...warnings.flatMap((text) =>
      wrapped(`! ${text}`, 2).map((line): StyledLine => [run(` ${line}`, { ink: 'yellow' })]),
    ),
    [],
    ...tableLines(topTable(profiled, most), columns),
    ...(left > 0 ? [[run(` ${left} more functions`, { ink: 'dim' as const })]] : []),
  ];
}
