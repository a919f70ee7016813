import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import { tellRemedy } from '../../diagnosis/remedies/remedies.ts';
import type { Remedy } from '../../diagnosis/remedies/remedy.ts';
import { PRINTER } from '../../format/printer.ts';
import type { Model } from '../../model/model.ts';

/** What helps this node, best first, told for it. */
export function remediesOf(model: Model, diagnosis: Diagnosis): readonly Remedy[] {
  return diagnosis.remedies.map((id) => tellRemedy(id, { model, diagnosis, print: PRINTER }));
}
