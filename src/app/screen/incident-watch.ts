import type { MonotonicSeconds } from '../../core/clock.ts';
import type { Severity } from '../../core/severity.ts';
import type { Settings } from '../base/settings.ts';

/** When a bundle is written by itself. */
export interface IncidentRule {
  /** From which severity on it is an incident. */
  readonly severity: 'critical' | 'warning';
  /** After a bundle no other one is written for so long. */
  readonly cooldownSeconds: number;
}

/** Between two bundles that are written by themselves, unless it is configured. */
const COOLDOWN_SECONDS = 30 * 60;

/** A verdict has to stand for so many samples: one slow read, or one quick one, is neither an incident nor its end. */
const HELD_TICKS = 3;

/** The watch that the settings ask for, if they do. */
export function incidentWatch(
  settings: Pick<Settings, 'snapshotOn' | 'snapshotCooldownSeconds'>,
): IncidentWatch | undefined {
  const { snapshotOn: severity, snapshotCooldownSeconds: cooldownSeconds = COOLDOWN_SECONDS } = settings;
  return severity === undefined ? undefined : new IncidentWatch({ severity, cooldownSeconds });
}

/** Tells when an incident is to be kept: once each, and not while the one before is still fresh. */
export class IncidentWatch {
  readonly #rule: IncidentRule;
  #sickTicks = 0;
  #wellTicks = 0;
  /** Whether a bundle of the present incident is still wanted. */
  #isWanted = true;
  #keptAt: MonotonicSeconds | undefined;

  constructor(rule: IncidentRule) {
    this.#rule = rule;
  }

  /** Takes the verdict of a sample; true where a bundle is to be written now. An unknown verdict changes nothing. */
  take(overall: Severity, now: MonotonicSeconds): boolean {
    if (overall === 'unknown') return false;
    if (!isSick(overall, this.#rule.severity)) {
      this.#sickTicks = 0;
      this.#wellTicks += 1;
      if (this.#wellTicks >= HELD_TICKS) this.#isWanted = true;
      return false;
    }
    this.#wellTicks = 0;
    this.#sickTicks += 1;
    const isFresh =
      this.#keptAt !== undefined && now >= this.#keptAt && now - this.#keptAt < this.#rule.cooldownSeconds;
    if (!this.#isWanted || this.#sickTicks < HELD_TICKS || isFresh) return false;
    this.#isWanted = false;
    this.#keptAt = now;
    return true;
  }
}

function isSick(overall: Severity, from: IncidentRule['severity']): boolean {
  return overall === 'critical' || (from === 'warning' && overall === 'warning');
}
