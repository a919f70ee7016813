import { describe, expect, test } from 'vitest';
import { plain } from '../../src/format/styled.ts';
import { timeAxis } from '../../src/views/time-axis.ts';

process.env.TZ = 'UTC';

const AT = Date.parse('2026-11-23T14:03:22Z');

describe('the line of times below a zoomed chart', () => {
  test.each([
    [60, 160],
    [300, 80],
    [3600, 80],
    [75 * 60, 160],
    [4 * 3600, 60],
  ])('has round times, each once, and now, for %i s at %i columns', (spanSeconds, columns) => {
    const line = plain(timeAxis(AT, spanSeconds, columns));
    expect(line.length).toBeLessThanOrEqual(columns);
    expect(line.endsWith('now')).toBe(true);
    const times = line.trim().split(/ +/).slice(0, -1);
    expect(times.length).toBeGreaterThan(1);
    expect(new Set(times).size).toBe(times.length);
    for (const time of times) expect(time).toMatch(spanSeconds > 300 ? /^\d\d:\d[05]$/ : /^\d\d:\d\d(?::\d0)?$/);
  });
});
