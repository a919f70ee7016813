import type { Maybe } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';
import type { Diagnosis } from '../diagnose.ts';
import type { Printer } from '../printer.ts';
import type { RemedyId } from './remedy-ids.ts';

/** What a person has to know before doing something about it. Each text is a sentence or two without line breaks. */
export interface Remedy {
  readonly id: RemedyId;
  readonly title: string;
  readonly does: string;
  /** What it will not do, so that nobody waits for it. */
  readonly cannot: string;
  readonly danger: string;
  /** To be run on this node, or against it, as it stands; where no one command is right, the reason says what to do. */
  readonly command: Maybe<string>;
  /** When another is better. */
  readonly prefer: string;
}

/** What the texts of a remedy are made from. */
export interface Situation {
  readonly model: Model;
  readonly diagnosis: Pick<Diagnosis, 'kernel' | 'pins' | 'recommendedDrop' | 'findings'>;
  readonly print: Printer;
}
