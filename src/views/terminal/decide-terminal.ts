/** What the live screen may use of a terminal, or why there can be no live screen. */
export type TerminalDecision =
  | {
      readonly kind: 'usable';
      readonly unicode: boolean;
      readonly colour: boolean;
      /** Whether the terminal says that its background is light. */
      readonly light: boolean;
    }
  | { readonly kind: 'unusable'; readonly reason: string };

/** What is asked before a screen is opened; without a terminal the widget library would draw at 1x1 for ever. */
export interface TerminalQuestion {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly inputIsTty: boolean;
  readonly outputIsTty: boolean;
}

/**
 * Decides from the environment alone. UTF-8 by the first of LC_ALL, LC_CTYPE and LANG that is set and not empty, as
 * setlocale(3) does; colour unless NO_COLOR is set and not empty (no-color.org). How many colours there are is told by
 * terminfo once the screen is open.
 */
export function decideTerminal({ env, inputIsTty, outputIsTty }: TerminalQuestion): TerminalDecision {
  if (!outputIsTty) return { kind: 'unusable', reason: 'standard output is not a terminal' };
  if (!inputIsTty) return { kind: 'unusable', reason: 'standard input is not a terminal' };
  if (!env.TERM) return { kind: 'unusable', reason: 'TERM is not set' };
  if (env.TERM === 'dumb' || env.TERM === 'unknown') {
    return { kind: 'unusable', reason: `TERM=${env.TERM} cannot move the cursor` };
  }
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return {
    kind: 'usable',
    unicode: /utf-?8/i.test(locale),
    colour: !env.NO_COLOR,
    light: hasLightBackground(env.COLORFGBG),
  };
}

/** rxvt, Konsole and others tell their colours: `0;15`, or `0;default;15`; the last number is the background. */
function hasLightBackground(colours: string | undefined): boolean {
  return /;(?:7|1[0-5])$/.test(colours ?? '');
}
