import type { Missing } from '../../core/missing.ts';

/**
 * What a number counts. `label` is a number or word that names something (a pid, a state) and is never added up;
 * `time` is a moment.
 */
export type Unit =
  | 'bytes'
  | 'bytesPerSecond'
  | 'count'
  | 'countPerSecond'
  | 'countPerMinute'
  | 'pct'
  | 'seconds'
  | 'time'
  | 'flag'
  | 'label'
  | 'text';

/** One value of the JSON document. */
export interface Described {
  readonly unit: Unit;
  /** What it means, in one sentence without a full stop. */
  readonly means: string;
  /** The kernel file it comes from, or how it is made. */
  readonly from: string;
  /** When it is missing; `never` where it always is there. */
  readonly missing: string;
}

/** One value of the model, as screens and reports show it too. */
export interface Field extends Described {
  /** What stands before it or over its column: two or three words, lower case. */
  readonly title: string;
}

/** Makes a {@link Field}. */
export function field(unit: Unit, title: string, means: string, from: string, missing: string): Field {
  return { unit, title, means, from, missing };
}

/** Makes a {@link Described}. */
export function described(unit: Unit, means: string, from: string, missing: string): Described {
  return { unit, means, from, missing };
}

/**
 * The dotted ids of all values of a type: `host.cpus.online`, `reads[].path`. What is missing, and what is optional,
 * is left out of the ids: they are those of the value that would stand there.
 */
export type LeafId<T, Path extends string = ''> = LeafOfKnown<Exclude<T, Missing | undefined>, Path>;

type LeafOfKnown<T, Path extends string> = T extends readonly (infer Item)[]
  ? LeafId<Item, `${Path}[]`>
  : T extends object
    ? { [Key in keyof T & string]-?: LeafId<T[Key], Path extends '' ? Key : `${Path}.${Key}`> }[keyof T & string]
    : Path;

/** A catalogue of exactly the values of `T` whose ids begin with `Prefix`. */
export type Catalogue<T, Prefix extends string> = {
  readonly [Id in LeafId<T> as Id extends `${Prefix}${string}` ? Id : never]: Field;
};
