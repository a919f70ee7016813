import type { Printer } from '../printer.ts';

/** A limit is a round number: `50 %`, where a measured one would be `50.0 %`. */
export function wholePct(p: Printer, value: number): string {
  return p.percent(value).replace(/\.0 %$/, ' %');
}
