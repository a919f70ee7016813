import { ACTION_SENTENCES } from './actions.ts';
import { DYING_SENTENCES } from './dying.ts';
import { NODE_SENTENCES } from './node.ts';
import { READ_SENTENCES } from './reads.ts';

/**
 * Everything that findings say, by a name that is independent of the language. Each takes its values and a printer and
 * gives one line without a full stop at its end.
 */
export const SENTENCES = { ...DYING_SENTENCES, ...READ_SENTENCES, ...NODE_SENTENCES, ...ACTION_SENTENCES } as const;
