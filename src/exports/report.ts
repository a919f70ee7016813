import type { Diagnosis } from '../diagnosis/diagnose.ts';
import type { Model } from '../model/model.ts';

/** What every export is made from. */
export interface Report {
  readonly model: Model;
  /** What the model means; left out where nobody asked for it. */
  readonly diagnosis?: Diagnosis;
  readonly toolVersion: string;
}
