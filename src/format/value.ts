import { isMissing, type Maybe } from '../core/missing.ts';
import { REASON_TEXT } from './reason.ts';
import { type Run, run, type Style } from './styled.ts';

/** A value as text, or its reason in its place, dim. `style` may depend on the value. */
export function valueRun<T>(
  value: Maybe<T>,
  print: (known: T) => string,
  style: Style | ((known: T) => Style) = {},
): Run {
  if (isMissing(value)) return run(REASON_TEXT[value.unavailable], { ink: 'dim' });
  return run(print(value), typeof style === 'function' ? style(value) : style);
}

/** A value as plain text, or its reason. */
export function valueText<T>(value: Maybe<T>, print: (known: T) => string): string {
  return isMissing(value) ? REASON_TEXT[value.unavailable] : print(value);
}
