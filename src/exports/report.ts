import type { Diagnosis } from '../diagnosis/diagnose.ts';
import type { Model } from '../model/model.ts';
import type { Profiled } from '../profile/profiled.ts';
import type { Traced } from '../trace/traced.ts';

/** What every export is made from. */
export interface Report {
  readonly model: Model;
  /** What the model means. */
  readonly diagnosis: Diagnosis;
  /** The latest profile of kubelet, where somebody took one. */
  readonly profile?: Profiled;
  /** The latest trace of kubelet's system calls, where somebody took one. */
  readonly trace?: Traced;
  readonly toolVersion: string;
  /** What the machine is made of, in a line, where somebody asked. */
  readonly machine?: string;
}
