import { beforeAll, describe, expect, test } from 'vitest';
import type { Model } from '../../../src/model/model.ts';
import { draw } from '../../../src/views/draw.ts';
import { frameText, observedMoment, press, screenOf } from '../../support/screen-state.ts';

let incident: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
});

const shown = (change: (model: Model) => Model, ...keys: string[]) =>
  frameText(draw(press(screenOf({ ...incident, model: change(incident.model) }), ...keys).state));

describe('no two numbers on one screen contradict each other', () => {
  const growing = (model: Model): Model => ({
    ...model,
    memcg: { ...model.memcg, growthPerSecond: 466 / 60, createdPerMinute: 18, removedPerMinute: 18 },
  });

  test.each([['1'], ['3']])('growth of the dying is a lower bound of churn, in pane %s', (pane) => {
    const text = shown(growing, pane);
    expect(text).toMatch(/growth \+27,960\/h over 5 min/);
    expect(text).toContain('churn >= 466/min');
    expect(text).not.toContain('18/min');
  });

  test('the box of reads names the read that the verdict names', () => {
    const text = shown((model) => ({
      ...model,
      reads: [
        ...model.reads.flatMap((read) =>
          read.path === '/' && read.file === 'memory.stat'
            ? [{ ...read, path: '/kubepods/burstable', wallSeconds: 3.98, cpuSeconds: 3.98 }]
            : [],
        ),
        ...model.reads,
      ],
    }));
    expect(text).toMatch(/memory\.stat read ─+ burstable 3\.98 s ── root 3\.66 s/);
  });

  test('what is reclaimable is not called unused beside USE', () => {
    expect(shown((model) => model)).toMatch(/objects, \d+ % reclaimable/);
  });

  test('a size from before a drop says so', () => {
    const text = shown((model) => {
      const { at, monotonicSeconds } = model.instant;
      const drop = { kind: 'drop-by-other', slabDrops: 1, pageCacheDrops: 0, at: at + 1, monotonicSeconds } as const;
      return { ...model, events: [drop] };
    });
    expect(text).toMatch(/dentry [\d.]+ MiB \(before the drop\)/);
    expect(text).toContain('CACHE (before the');
  });
});

describe('small sizes keep what matters', () => {
  const at = (columns: number, rows: number) => frameText(draw(screenOf(incident, { size: { columns, rows } })));

  test.each([
    [80, 24],
    [60, 15],
  ])('the verdict has its numbers first, whole, at %ix%i', (columns, rows) => {
    expect(at(columns, rows).split('\n')[1]).toMatch(/^ CRITICAL {2}19,896 dying.* read 3\.66 s/);
    expect(at(columns, rows).split('\n')[1]).not.toContain('…');
  });

  test('every graph has its scale and its span', () => {
    expect(at(80, 24).match(/-1 min, top /g)).toHaveLength(4);
  });

  test.each([
    [100, 30],
    [80, 24],
    [60, 15],
  ])('the largest slab cache is seen at %ix%i', (columns, rows) => {
    expect(at(columns, rows)).toMatch(/^ dentry +3,434,802 +639 MiB/m);
  });
});

test('in the first minute growth says when it will be known', () => {
  expect(shown((model) => model)).toMatch(/growth in \d+ s/);
});
