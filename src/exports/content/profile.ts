import type { Maybe } from '../../core/missing.ts';
import { lookalikeSentence, profileFacts, profileHeadline, profileWarnings } from '../../format/profile-sentences.ts';
import { percent, seconds } from '../../format/quantity.ts';
import type { KubeletModel } from '../../model/model.ts';
import type { Profiled } from '../../profile/profiled.ts';
import { INLINED } from '../../tables/profile-top.ts';
import type { Cell, Table } from './table.ts';

/** What a profile says, in the order in which it is read. */
export interface ProfileContent {
  /** The answer. */
  readonly headline: string;
  /** What else there is, what was sampled, and what has to be known before a share is believed. */
  readonly sentences: readonly string[];
  readonly warnings: readonly string[];
}

/** The sentences of a profile; `kubelet` is what `/proc` says, where somebody looked. */
export function profileContent(profiled: Profiled, kubelet?: Maybe<KubeletModel>): ProfileContent {
  const { answer, executable, origin, profile } = profiled;
  const other = lookalikeSentence(answer);
  return {
    headline: profileHeadline(answer),
    sentences: [
      ...(other === undefined ? [] : [other]),
      `${profileFacts(answer, { executable, durationSeconds: profile.durationSeconds })}; from ${origin}`,
    ],
    warnings: profileWarnings(answer, kubelet),
  };
}

/** The first rows of what `go tool pprof -top` prints. */
export function topTable({ top, profile }: Profiled, most: number): Table {
  let sum = 0;
  const part = (nanoseconds: number) => value(percent((nanoseconds / profile.cpuNanoseconds) * 100));
  return {
    heads: [
      { title: 'flat', align: 'right' },
      { title: 'flat%', align: 'right' },
      { title: 'sum%', align: 'right' },
      { title: 'cum', align: 'right' },
      { title: 'cum%', align: 'right' },
      { title: 'function', align: 'left' },
    ],
    rows: top.slice(0, most).map((row) => {
      sum += row.flatNanoseconds;
      return [
        value(seconds(row.flatNanoseconds / 1e9)),
        part(row.flatNanoseconds),
        part(sum),
        value(seconds(row.cumNanoseconds / 1e9)),
        part(row.cumNanoseconds),
        { text: `${row.name}${INLINED[row.inlined]}`, kind: 'name' },
      ];
    }),
  };
}

function value(text: string): Cell {
  return { text, kind: 'value' };
}
