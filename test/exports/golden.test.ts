import { beforeAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { encodeJson, printJson } from '../../src/exports/json.ts';
import { encodeMarkdown } from '../../src/exports/markdown.ts';
import type { Report } from '../../src/exports/report.ts';
import { printPlain } from '../../src/exports/styled-text.ts';
import { encodeText } from '../../src/exports/text.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { fixedCapture } from '../support/fixed-capture.ts';
import { observeFixture } from '../support/observe.ts';

// Text and Markdown print local times; node reads TZ whenever a date is printed.
process.env.TZ = 'Asia/Shanghai';

/** The captures do not say when they were taken; each gets an instant of its own. */
const MOMENTS = {
  healthy: '2026-11-23T06:00:00.000Z',
  incident: '2026-11-23T06:03:22.000Z',
  'after-drop': '2026-11-23T06:07:00.000Z',
} as const;

/** What the tool costs, and hence when it reads next, is this machine's and differs from run to run. */
function withFixedCosts(model: Model): Model {
  return {
    ...model,
    self: { cpuPct: 0.4, rssBytes: 64_000_000, pssBytes: 61_000_000, proberCpuPct: 0.3 },
    probes: {
      ...model.probes,
      spentCpuSeconds: 7.26,
      next: [{ topic: 'statReads', inSeconds: 183, because: 'budget' }],
    },
  };
}

/** Rewritten with `npx vitest run --config test/vitest.config.ts --project unit -u test/exports/golden`. */
describe.each(['healthy', 'incident', 'after-drop'] as const)('%s', (moment) => {
  let report: Report;

  beforeAll(() => {
    const { model, observer } = observeFixture(fixedCapture(moment, MOMENTS[moment]));
    const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
    report = { model: withFixedCosts(model), diagnosis, toolVersion: '0.0.0-golden' };
  });

  test('JSON', async () => {
    const text = `${printJson(encodeJson(report), 'indented')}\n`;
    await expect(text).toMatchFileSnapshot(`golden/${moment}.json`);
  });

  test('text', async () => {
    await expect(printPlain(encodeText(report, { columns: 100 }))).toMatchFileSnapshot(`golden/${moment}.txt`);
  });

  test('Markdown', async () => {
    await expect(encodeMarkdown(report)).toMatchFileSnapshot(`golden/${moment}.md`);
  });
});
