import * as v from 'valibot';
import type { EpochMs } from '../../core/clock.ts';
import { parseJson } from '../../core/json.ts';
import { isMissing } from '../../core/missing.ts';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { RULES } from '../../diagnosis/rules/rules.ts';
import { encodeFinding } from '../../exports/document/diagnosis.ts';
import { encodeInstant } from '../../exports/document/instant.ts';
import { printJson } from '../../exports/json.ts';
import { PRINTER } from '../../format/printer.ts';
import type { Model } from '../../model/model.ts';

const SCHEMA = 'slabtop-k8s-check/1';

const severity = v.picklist(['critical', 'warning', 'unknown', 'info', 'ok']);

/** What `check --json` prints and `check --share` keeps; findings have the form of those of the report's document. */
const heard = v.object({
  schema: v.literal(SCHEMA),
  at: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text)), 'not a date (RFC 3339)'),
  ),
  overall: severity,
  headline: v.string(),
  /** Worst first. */
  findings: v.array(v.looseObject({ id: v.string(), severity, title: v.string() })),
  /** What the rules that could not answer are about. */
  notHeard: v.array(v.string()),
});

/** What one run of `check` has heard. */
export type Heard = v.InferOutput<typeof heard>;

/** What the rules say of a model. */
export function heardOf(model: Model, { overall, headline, findings }: Diagnosis): Heard {
  return {
    schema: SCHEMA,
    at: encodeInstant(model.instant.at),
    overall,
    headline: say(headline, PRINTER),
    findings: findings.map(encodeFinding),
    notHeard: findings
      .filter(({ reason }) => reason !== undefined)
      .map(({ id }) => RULES.find((rule) => rule.id === id)?.about ?? id),
  };
}

/** What is to be said where not one sample was to be had: no rule was heard, so that nothing is known. */
export function nothingHeard(why: string, at: EpochMs): Heard {
  return {
    ...{ schema: SCHEMA, at: encodeInstant(at), overall: 'unknown', headline: why, findings: [] },
    notHeard: RULES.map(({ about }) => about),
  };
}

/** One line of JSON. */
export function printHeard(document: Heard): string {
  return `${printJson(document)}\n`;
}

/** Reads what {@link printHeard} wrote; `undefined` where a text is anything else. */
export function parseHeard(text: string): Heard | undefined {
  const json = parseJson(text);
  if (isMissing(json)) return undefined;
  const parsed = v.safeParse(heard, json.value);
  return parsed.success ? parsed.output : undefined;
}
