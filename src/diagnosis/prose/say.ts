import type { Printer } from '../printer.ts';
import { SENTENCES } from './sentences.ts';

/** The name of a sentence, whatever the language. */
export type SentenceId = keyof typeof SENTENCES;

/** The values that a sentence needs. */
type ValuesOf<Id extends SentenceId> = Parameters<(typeof SENTENCES)[Id]>[0];

/** A sentence that has not been put into words yet: its name and its values. */
export type Sentence<Id extends SentenceId = SentenceId> = {
  readonly [K in Id]: { readonly id: K; readonly values: ValuesOf<K> };
}[Id];

type Catalogue = { readonly [Id in SentenceId]: (values: ValuesOf<Id>, printer: Printer) => string };

const CATALOGUE: Catalogue = SENTENCES;

/** Puts a sentence into words. One line, without a full stop at its end. */
export function say<Id extends SentenceId>(sentence: Sentence<Id>, printer: Printer): string {
  return CATALOGUE[sentence.id](sentence.values, printer);
}
