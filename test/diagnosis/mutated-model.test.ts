import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import { tellRemedy } from '../../src/diagnosis/remedies/remedies.ts';
import { REMEDY_IDS } from '../../src/diagnosis/remedies/remedy-ids.ts';
import * as quantity from '../../src/format/quantity.ts';
import { FIELDS, isFieldId } from '../../src/model/fields.ts';
import { History } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { observeFixture } from '../support/observe.ts';
import { all, aPin, withKubelet, withPins } from './a-node.ts';

const ABSURD = [0, -1, 1, 1e308, -1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 65_535, 1e6];
const REASONS = ['absent', 'denied', 'warming-up', 'stale', 'malformed'] as const;
const TEXTS = ['', '\u001b[31m', '../..', '6.12.0', '9'.repeat(500), 'constructor'];

/** Whose values come from this program itself, never from kernel text. */
const OWN = /^(?:instant|events|drops|probes|self)\b/;

test('whatever stands in a model, every rule answers, in sentences without nonsense', () => {
  const { model, observer } = observeFixture(captured('incident'));
  const base = all(withKubelet(), withPins(aPin({}), aPin({ path: '/kubepods', kmemBytes: 5e8 })))(model);
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1, max: 60 }), (seed, often) => {
      const next = numbersFrom(seed);
      const mutated = mutate(base, '', () => next() % often === 0, next) as Model;
      const history = next() % 2 === 0 ? observer.history : new History();
      const diagnosis = diagnose(mutated, history, DEFAULT_THRESHOLDS);
      const sentences = diagnosis.findings.flatMap(({ title, details }) => [title, ...details]);
      const drop = diagnosis.recommendedDrop;
      for (const sentence of [diagnosis.headline, 'why' in drop ? drop.why : drop.none, ...sentences]) {
        const text = say(sentence, quantity);
        // A reason quotes the value that made no sense; nothing else may print one.
        expect(text.replace(/\(a value of \S+ makes no sense\)/, '')).not.toMatch(/NaN|Infinity|undefined|\[object/);
      }
      for (const each of diagnosis.findings) {
        expect(each.severity === 'unknown').toBe(each.reason !== undefined && isMissing(each.reason));
      }
      for (const id of REMEDY_IDS) tellRemedy(id, { model: mutated, diagnosis, print: quantity });
    }),
    { numRuns: 300 },
  );
});

/** Rows of the walk and of slabinfo are missing as a whole, never in these parts. */
const NEVER_MISSING = /^memcg\.cgroups\[\]\.(?:path|depth|children)$|^slab\.caches\[\]\.name$|^pods\.empty\[\]/;

/** Numbers that look random and come again with the same seed (xorshift). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Changes values at random: numbers to absurd ones, texts to hostile ones, what may be missing to a reason. */
function mutate(value: unknown, path: string, hit: () => boolean, next: () => number): unknown {
  if (OWN.test(path)) return value;
  const id = path.replace(/^\./, '');
  const mayBeMissing = isFieldId(id) && FIELDS[id].missing !== 'never' && !NEVER_MISSING.test(id);
  if (mayBeMissing && hit()) return { unavailable: REASONS[next() % REASONS.length] };
  if (typeof value === 'number') return hit() ? ABSURD[next() % ABSURD.length] : value;
  if (typeof value === 'string')
    return isFieldId(id) && FIELDS[id].unit === 'text' && hit() ? TEXTS[next() % TEXTS.length] : value;
  if (Array.isArray(value)) {
    if (hit()) return [];
    return value.slice(0, 20).map((each) => mutate(each, `${path}[]`, hit, next));
  }
  if (typeof value !== 'object' || value === null || isMissing(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mutate(each, path === '' ? key : `${path}.${key}`, hit, next)]),
  );
}
