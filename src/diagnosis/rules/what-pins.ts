import { isMissing, knownOr } from '../../core/missing.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { manyAreDying } from '../many-cgroups.ts';
import type { Sentence } from '../prose/say.ts';
import { againstDying } from './against-dying.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';

/** As many parents are named. */
const MOST_PARENTS = 5;

/** What pins the dying cgroups, below which parent or pod, and what that answers to. */
export const whatPins = {
  id: 'what-pins',
  about: 'what pins the dying cgroups',
  tells:
    'slab, clean pages, dirty pages, tmpfs or anonymous memory, and below which parent or pod; hence which drop fits, or that none helps',
  speaks: (limits, p) =>
    `information from ${p.count(limits.dyingWarning)} dying cgroups on; warning where the first rule warns`,
  inputs: [
    'memcg.dying',
    'memcg.pins[].bytes',
    'memcg.pins[].kmemBytes',
    'memcg.pins[].cleanBytes',
    'memcg.pins[].dirtyBytes',
    'memcg.pins[].tmpfsBytes',
    'memcg.pins[].anonBytes',
  ],
  evaluate: (known): Finding => {
    const { model, pins, thresholds } = known;
    const dying = amount(model.memcg.dying);
    if (isMissing(dying)) return unknownFinding(whatPins, dying);
    const counted = evidence('memcg.dying', dying, { threshold: thresholds.dyingWarning });
    if (dying < thresholds.dyingWarning) {
      return finding(whatPins, 'ok', { id: 'pins.few', values: { dying } }, { evidence: [counted] });
    }
    if (isMissing(pins.by)) {
      return unknownFinding(whatPins, pins.by, { evidence: [counted], details: noPin(known) });
    }
    const [first, ...others] = pins.where.slice(0, MOST_PARENTS);
    if (first === undefined) {
      return unknownFinding(
        whatPins,
        { unavailable: 'unsupported', detail: 'no parent stands out' },
        { evidence: [counted] },
      );
    }
    const title: Sentence = { id: 'pins.told', values: { ...first, kinds: pins.kinds } };
    return finding(whatPins, manyAreDying(model, thresholds) ? 'warning' : 'info', title, {
      details: [
        ...others.map((each): Sentence => ({ id: 'pins.below', values: each })),
        ...pins.kinds.map(({ kind }): Sentence => ({ id: 'pins.answers-to', values: { kind } })),
        ...noPin(known),
        'request' in known.drop ? known.drop.why : known.drop.none,
      ],
      evidence: [
        counted,
        ...[first, ...others].map(({ path, bytes }) => evidence('memcg.pins[].bytes', bytes, { of: path })),
      ],
      remedies: againstDying(known),
    });
  },
} as const satisfies Rule;

/** Says of kernel memory that is large and no pin why it is none. */
function noPin({ model, kernel, thresholds, lesson }: RuleContext): Sentence[] {
  if (lesson !== undefined) return [{ id: 'pins.taught', values: lesson }];
  if (kernel.kmemResidue !== 'reparented') return [];
  const bytes = knownOr(model.memcg.pins, []).reduce((sum, pin) => sum + knownOr(amount(pin.kmemBytes), 0), 0);
  return bytes >= thresholds.noiseBytes ? [{ id: 'pins.reparented', values: { bytes } }] : [];
}
