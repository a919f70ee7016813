import { say } from '../diagnosis/prose/say.ts';
import type { Report } from '../exports/report.ts';
import { PRINTER } from '../format/printer.ts';
import type { Findings } from '../views/finding.ts';

/** What the screen is told of a diagnosis: the sentences are made here, with format's numbers. */
export function findingsOf({ diagnosis }: Report): Findings {
  if (diagnosis === undefined) return { findings: [] };
  // The one that decides comes first: with nothing worse than "ok" that is no unknown one.
  const deciding = diagnosis.findings.find(({ severity }) => severity === diagnosis.overall);
  const rest = diagnosis.findings.filter((finding) => finding !== deciding);
  const ordered = deciding === undefined ? rest : [deciding, ...rest];
  const findings = ordered.map(({ id, severity, title, evidence, remedies }) => ({
    id,
    severity,
    title: say(title, PRINTER),
    evidence,
    remedies,
  }));
  const { recommendedDrop } = diagnosis;
  return { findings, recommendedDrop: 'request' in recommendedDrop ? recommendedDrop.request : 'none-helps' };
}
