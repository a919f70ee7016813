import { diagnose } from '../diagnosis/diagnose.ts';
import type { Report } from '../exports/report.ts';
import type { Model } from '../model/model.ts';
import type { Observer } from '../model/observer.ts';
import type { Setting } from './setting.ts';
import { thresholdsOf } from './thresholds-of.ts';

/** The report of what an observer knows now, or of an earlier model of its. */
export function reportOf(setting: Pick<Setting, 'thresholds'>, observer: Observer, model = observer.model): Report {
  const known = model ?? nothingKnown();
  const diagnosis = diagnose(known, observer.history, thresholdsOf(setting.thresholds));
  return { model: known, diagnosis, toolVersion: __VERSION__ };
}

function nothingKnown(): Model {
  throw new Error('a report takes at least one tick');
}
