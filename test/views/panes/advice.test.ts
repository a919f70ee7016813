import { beforeAll, describe, expect, test } from 'vitest';
import { draw } from '../../../src/views/draw.ts';
import { frameText, observedMoment, press, screenOf } from '../../support/screen-state.ts';

let incident: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
});

const adviceAt = (columns: number, rows: number) =>
  frameText(draw(press(screenOf(incident, { size: { columns, rows } }), '6').state));

describe('advice leads with what to do', () => {
  test.each([
    [160, 45],
    [100, 30],
    [80, 24],
    [60, 15],
  ])('fix 1 is the first row, with its command on the first page, at %ix%i', (columns, rows) => {
    const lines = adviceAt(columns, rows).split('\n');
    expect(lines[lines.findIndex((line) => line.startsWith(' WHAT ')) + 1]).toMatch(
      /^>fix 1 +drop dentries and inodes/,
    );
    expect(lines.some((line) => /command +echo 2 > \/proc\/sys\/vm\/drop_caches/.test(line))).toBe(true);
  });

  test('a finding names its fixes, in the row and when opened', () => {
    const size = { columns: 160, rows: 45 };
    const open = press(screenOf(incident, { size }), '6', ...Array.from({ length: 6 }, () => 'down')).state;
    const text = frameText(draw(open));
    expect(text).toMatch(/^>CRITICAL +19,896 dying memory cgroups.* 1 2 /m);
    expect(text).toMatch(/fixed by fix 1, fix 2/);
  });

  test('the list uses the width it has', () => {
    expect(adviceAt(160, 45)).toMatch(
      /pinned by slab objects \(dentries and inodes\): 624 MiB, most of it below \/\S+ +1 2/,
    );
  });

  test('every table says where in it the cursor is', () => {
    const screen = screenOf(incident, { size: { columns: 80, rows: 24 } });
    for (const digit of ['1', '2', '3', '6', '7']) {
      expect(
        frameText(draw(press(screen, digit).state))
          .trimEnd()
          .split('\n')
          .at(-1),
      ).toMatch(/\b1\/[\d,]+$/);
    }
    expect(frameText(draw(press(screen, '6', 'down').state)).trimEnd()).toMatch(/\b2\/\d+$/);
  });
});

describe('the footer', () => {
  test.each([80, 100, 160])('names Advice, D and e at %i columns, and keeps a column free', (columns) => {
    const footer = frameText(draw(screenOf(incident, { size: { columns, rows: 24 } })))
      .trimEnd()
      .split('\n')
      .at(-1);
    expect(footer).toMatch(/^ 1 Overview .*6 Advice .*D drop.* +e export .*\? help +q quit/);
    expect(footer?.length).toBeLessThan(columns);
  });
});
