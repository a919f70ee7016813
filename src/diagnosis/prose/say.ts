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

/** The same in fewer words, the number first, where a sentence has such a form: for a narrow screen. */
export function sayShort(sentence: Sentence, printer: Printer): string {
  switch (sentence.id) {
    case 'verdict.sick':
      return say({ id: 'verdict.sick.short', values: sentence.values }, printer);
    case 'verdict.ok':
      return say({ id: 'verdict.ok.short', values: sentence.values }, printer);
    default:
      return say(sentence, printer);
  }
}
