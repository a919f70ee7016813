import { isMissing } from '../../core/missing.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import type { Report } from '../../exports/report.ts';
import type { Model } from '../../model/model.ts';
import type { Observer } from '../../model/observer.ts';
import type { State } from '../../views/state.ts';
import { diagnosed } from './diagnosed.ts';
import type { Settings } from './settings.ts';
import { thresholdsOf } from './thresholds-of.ts';

/** What somebody had captured besides. */
export type Captured = Pick<Report, 'profile' | 'trace'>;

/** The report of what an observer knows now, or of an earlier model of its. */
export function reportOf(
  settings: Pick<Settings, 'thresholds'>,
  observer: Observer,
  model = observer.model,
  captured: Captured = {},
): Report {
  const { profile, trace } = captured;
  const known = model ?? nothingKnown();
  const thresholds = thresholdsOf(settings.thresholds);
  const diagnosis =
    profile === undefined && trace === undefined
      ? diagnosed(known, observer.history, thresholds)
      : diagnose(known, observer.history, thresholds, {
          ...(profile === undefined ? {} : { profile: profile.answer }),
          ...(trace === undefined || isMissing(trace.trace) ? {} : { trace: trace.trace }),
        });
  return { model: known, diagnosis, ...captured, toolVersion: __VERSION__ };
}

/** What the screen has captured. */
export function capturedOn({ profile, trace }: State): Captured {
  return {
    ...(profile.kind === 'taken' ? { profile: profile.profiled } : {}),
    ...(trace.result === undefined ? {} : { trace: trace.result }),
  };
}

function nothingKnown(): Model {
  throw new Error('a report takes at least one tick');
}
