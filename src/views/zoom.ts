import type { Ink } from '../format/styled.ts';
import type { Series } from '../series/series.ts';

/** One line of a zoomed graph. */
interface ZoomLine {
  readonly series: Series;
  readonly title: string;
  readonly ink: Ink;
}

/** A graph that can have the whole screen. */
export interface ZoomGraph {
  readonly title: string;
  /** Prints a value with its unit. */
  print(value: number): string;
  readonly unit: string;
  /** What a value is divided by to stand in `unit`. */
  readonly divideBy: number;
  readonly lines: readonly ZoomLine[];
}
