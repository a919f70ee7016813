import { say } from '../diagnosis/prose/say.ts';
import type { Report } from '../exports/report.ts';
import { PRINTER } from '../format/printer.ts';
import type { Findings } from '../views/finding.ts';

/** What the screen is told of a diagnosis: the sentences are made here, with format's numbers. */
export function findingsOf({ diagnosis }: Report): Findings {
  if (diagnosis === undefined) return { findings: [] };
  const findings = diagnosis.findings.map(({ id, severity, title, evidence, remedies }) => ({
    id,
    severity,
    title: say(title, PRINTER),
    evidence,
    remedies,
  }));
  const { recommendedDrop } = diagnosis;
  return { findings, recommendedDrop: 'request' in recommendedDrop ? recommendedDrop.request : 'none-helps' };
}
