import { type Diagnosis, diagnose } from '../../diagnosis/diagnose.ts';
import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';
import type { Thresholds } from '../../model/thresholds.ts';

interface Made {
  readonly thresholds: Thresholds;
  readonly diagnosis: Diagnosis;
}

const made = new WeakMap<Model, Made>();

/**
 * The diagnosis of a model by itself, made once: the log of events and the screen ask for it within one tick. The
 * history must be the one that the model was made with.
 */
export function diagnosed(model: Model, history: History, thresholds: Thresholds): Diagnosis {
  const before = made.get(model);
  if (before?.thresholds === thresholds) return before.diagnosis;
  const diagnosis = diagnose(model, history, thresholds);
  made.set(model, { thresholds, diagnosis });
  return diagnosis;
}
