import type { Severity } from '../../core/severity.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { ageBehindVerdict } from '../../format/age.ts';
import { PRINTER } from '../../format/printer.ts';
import type { Report } from '../report.ts';

/** The node in one sentence, and how bad it is. */
export interface Verdict {
  readonly severity: Severity;
  readonly sentence: string;
}

/** The headline of the diagnosis, and how old what it rests on is. */
export function verdictOfReport({ diagnosis, model }: Report): Verdict {
  return {
    severity: diagnosis.overall,
    sentence: `${say(diagnosis.headline, PRINTER)}${ageBehindVerdict(model)}`,
  };
}
