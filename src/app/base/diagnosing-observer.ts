import type { Finding } from '../../diagnosis/finding.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { PRINTER } from '../../format/printer.ts';
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
        this.#open.set(id, { severity: worse ? severity : open.severity, text, calmSince: undefined });
        return worse ? [{ kind: 'finding', id, severity, text }] : [];
      }
      // What is unknown is not over.
      if (open === undefined || severity === 'unknown') return [];
      open.calmSince ??= now;
      if (now - open.calmSince < CALM_SECONDS) return [];
      this.#open.delete(id);
      return [{ kind: 'finding-over', id, text: open.text }];
    });
  }
}
