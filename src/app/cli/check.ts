import { errnoSentence } from '../../core/errno.ts';
import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { Severity } from '../../core/severity.ts';
import { type CauseId, findingOfCause } from '../../diagnosis/causes.ts';
import { CORE_RULES } from '../../diagnosis/diagnose.ts';
import { systemClock } from '../../host/live-host.ts';
import { CHECK_EXIT } from '../base/check-exit.ts';
import { readOwnFile, writeOwnFile } from '../base/own-file.ts';
import { printError } from '../base/print-error.ts';
import type { Settings } from '../base/settings.ts';
import { type Heard, nothingHeard, parseHeard, printHeard } from './check-document.ts';
import { runCheck } from './check-run.ts';

/** How `check` decides. */
export interface CheckOptions {
  /** Whether a warning is sick too. Many dying cgroups on a kernel where reads stay fast are a warning. */
  readonly failOn: 'critical' | 'warning';
  /** It never takes longer, even while a read hangs: wall time from the start of the process. */
  readonly timeoutSeconds: number;
  /** Print what was heard as JSON, in the place of the line. */
  readonly json: boolean;
  /** Judge this alone. */
  readonly cause?: CauseId;
  /** A file in which what one run has heard is kept for those that follow at once. */
  readonly share?: string;
}

/** What was kept is used for so long: the rules of one round of node-problem-detector come right after each other. */
const SHARED_FOR_SECONDS = 60;

/** Prints one line, or the findings as JSON, and answers with the exit code. */
export async function check(settings: Settings, options: CheckOptions): Promise<number> {
  const kept = options.share === undefined ? undefined : keptIn(options.share);
  const heard = kept ?? (await runCheck(settings, options.timeoutSeconds));
  if (isMissing(heard)) {
    const why = heard.detail ?? heard.unavailable;
    const unheard = options.json
      ? printHeard(nothingHeard(why, systemClock.now()))
      : `${printable(`UNKNOWN ${why}`)}\n`;
    return printed(unheard, CHECK_EXIT.unknown);
  }
  if (options.share !== undefined && kept === undefined) keep(options.share, heard);
  const { severity, title } = judged(heard, options.cause);
  const text = options.json ? printHeard(heard) : `${printable(lineOf(heard, severity, title, options))}\n`;
  const deaf = options.cause === undefined && isDeaf(heard);
  return printed(text, codeOf(severity, options.failOn, deaf));
}

/** Prints, and answers with the code, unless nobody can be told: that is no verdict. */
function printed(text: string, code: number): number {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever asks may want the code alone, and not read the line.
    if (error.code === 'EPIPE') process.exit(code);
    printError(`standard output: ${errnoSentence(error.code ?? error.message)}`);
    process.exit(CHECK_EXIT.unknown);
  });
  process.stdout.write(text);
  return code;
}

const WORDS = { critical: 'CRITICAL', warning: 'WARNING', unknown: 'UNKNOWN', info: 'OK', ok: 'OK' } as const;

function judged(
  { overall, headline, findings }: Heard,
  cause: CauseId | undefined,
): { readonly severity: Severity; readonly title: string } {
  if (cause === undefined) return { severity: overall, title: headline };
  return findingOfCause(findings, cause) ?? { severity: 'unknown', title: 'no rule has this cause' };
}

/** What could not be heard is named: who reads the line must not take its silence for health. */
function lineOf({ notHeard }: Heard, severity: Severity, title: string, { cause }: CheckOptions): string {
  const deaf = cause !== undefined || notHeard.length === 0 ? '' : `; not heard: ${notHeard.join(', ')}`;
  return `${WORDS[severity]} ${title}${deaf}`;
}

/** Whether a rule could not answer without which nobody can say that a node is not sick. */
function isDeaf({ findings }: Heard): boolean {
  return findings.some(({ id, severity }) => severity === 'unknown' && CORE_RULES.includes(id));
}

function codeOf(overall: Severity, failOn: CheckOptions['failOn'], deaf: boolean): number {
  if (overall === 'critical') return CHECK_EXIT.sick;
  if (overall === 'warning' && failOn === 'warning') return CHECK_EXIT.sick;
  // A warning, and what would be critical was not heard.
  if (deaf) return CHECK_EXIT.unknown;
  return overall === 'unknown' ? CHECK_EXIT.unknown : CHECK_EXIT.healthy;
}

const isHeard = (text: string) => parseHeard(text) !== undefined;

function keptIn(file: string): Heard | undefined {
  const found = readOwnFile(file, isHeard);
  const heard = typeof found === 'object' ? parseHeard(found.text) : undefined;
  if (heard === undefined) return undefined;
  const ageSeconds = (systemClock.now() - Date.parse(heard.at)) / 1000;
  return ageSeconds > -1 && ageSeconds < SHARED_FOR_SECONDS ? heard : undefined;
}

function keep(file: string, heard: Heard): void {
  const refused = writeOwnFile(file, printHeard(heard), 0o600, isHeard);
  if (refused === undefined) return;
  printError(`${file}: ${refused === 'not-ours' ? 'something else has this name' : refused.errno}; not kept`);
}
