import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const CLOCK = 'clock of the node';

/** When the parts of the model were measured. */
export const MOMENT_FIELDS: Catalogue<Model, 'moments'> = {
  'moments[].of': field('label', 'what', 'group of values that were measured together', 'this tool', 'never'),
  'moments[].at': field(
    'time',
    'measured at',
    'when they were measured',
    CLOCK,
    'never; what was never measured has no moment',
  ),
  'moments[].ageSeconds': field('seconds', 'age', 'how long before this sample that was', CLOCK, 'never'),
  'moments[].isOld': field(
    'flag',
    'old',
    'more than three of its intervals: it does not stand for now',
    CLOCK,
    'never',
  ),
};
