import type { Evidence, Finding } from '../../diagnosis/finding.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { RULES } from '../../diagnosis/rules/rules.ts';
import { fieldText } from '../../format/fields.ts';
import { PRINTER } from '../../format/printer.ts';
import { duration } from '../../format/quantity.ts';
import type { Event } from '../../model/events.ts';
import { Observer } from '../../model/observer.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../model/thresholds.ts';
import { diagnosed } from './diagnosed.ts';

/** An observer whose log of events also has what the diagnosis found, and when it was over. */
export function diagnosingObserver(thresholds: () => Thresholds = () => DEFAULT_THRESHOLDS): Observer {
  const log = new VerdictLog();
  return new Observer(
    (model, history) => log.changes(diagnosed(model, history, thresholds()).findings, model.instant.monotonicSeconds),
    thresholds,
  );
}

/** A finding is called over when it was no longer bad for so long: what swings at its threshold is told once. */
const CALM_SECONDS = 30;

interface Open {
  severity: 'critical' | 'warning';
  text: string;
  /** Since when it is bad, on the monotonic clock. */
  readonly since: number;
  /** The worst that was seen of the number that it rests on; undefined where it rests on none. */
  peak: Evidence | undefined;
  /** Since when it is no longer bad, on the monotonic clock. */
  calmSince: number | undefined;
}

/** What became a warning or critical, and is neither any more. */
class VerdictLog {
  readonly #open = new Map<string, Open>();

  changes(findings: readonly Finding[], now: number): Event[] {
    return findings.flatMap((finding): Event[] => {
      const { id, severity } = finding;
      const open = this.#open.get(id);
      if (severity === 'critical' || severity === 'warning') {
        const worse = open === undefined || (severity === 'critical' && open.severity === 'warning');
        const text = worse ? say(finding.title, PRINTER) : open.text;
        const peak = worst(open?.peak, finding.evidence[0]);
        const since = open?.since ?? now;
        this.#open.set(id, { severity: worse ? severity : open.severity, text, since, peak, calmSince: undefined });
        return worse ? [{ kind: 'finding', id, severity, text }] : [];
      }
      // What is unknown is not over.
      if (open === undefined || severity === 'unknown') return [];
      open.calmSince ??= now;
      if (now - open.calmSince < CALM_SECONDS) return [];
      this.#open.delete(id);
      return [{ kind: 'finding-over', id, text: howItWas(finding, open, open.calmSince) }];
    });
  }
}

/** What a finding rests on stands first among its evidence. */
function worst(before: Evidence | undefined, now: Evidence | undefined): Evidence | undefined {
  if (before === undefined || now === undefined) return before ?? now;
  if (typeof now.value !== 'number' || typeof before.value !== 'number') return before;
  return now.value > before.value ? now : before;
}

/** `dying memory cgroups (peak 29,856, 54 min)`. */
function howItWas({ id }: Finding, { text, since, peak }: Open, until: number): string {
  const about = RULES.find((rule) => rule.id === id)?.about ?? text;
  const most =
    peak === undefined || typeof peak.value !== 'number' ? '' : `peak ${fieldText(peak.field, peak.value)}, `;
  return `${about} (${most}${duration(Math.max(1, until - since))})`;
}
