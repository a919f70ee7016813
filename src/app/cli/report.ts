import { encodeJson, printJson } from '../../exports/json.ts';
import { encodeText } from '../../exports/text.ts';
import type { Observer } from '../../model/observer.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import { printError } from '../base/print-error.ts';
import { type Captured, reportOf } from '../base/report-of.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { outputColumns, styledText } from '../base/styled-output.ts';
import { profileForReport } from '../captures/profile-for-report.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';
import { collect, UserError } from '../children/collect.ts';
import { SecondSample } from '../children/second-sample.ts';

/** What `--once` and `--batch` print. */
export interface ReportOptions {
  /** How many; undefined is without end. */
  readonly reports: number | undefined;
  readonly json: boolean;
  /** A profile to tell of beside the node. */
  readonly profile?: ProfileRequest | undefined;
}

/**
 * Prints reports on standard output, the first after two samples, since the first sample has no rates. The
 * answer is the exit code.
 */
export async function printReports(settings: Settings, { reports, json, profile }: ReportOptions): Promise<number> {
  let printed = 0;
  endAtBrokenPipe();
  try {
    const captured = await profileForReport(profile);
    const second = new SecondSample();
    const isRecorded = await collect(settings, (observer, ticks) => {
      if (reports === 1 ? !second.take(observer.model) : ticks < 2) return true;
      process.stdout.write(reportText(settings, observer, json, captured));
      printed += 1;
      return reports === undefined || printed < reports;
    });
    return isRecorded ? EXIT.fine : EXIT.failed;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    printError(error.message);
    return EXIT.failed;
  }
}

/** One report of what an observer knows, as `--once` and `--batch` print it. */
export function reportText(settings: Settings, observer: Observer, json: boolean, captured: Captured = {}): string {
  const report = reportOf(settings, observer, undefined, captured);
  if (json) return `${printJson(encodeJson(report))}\n`;
  return styledText(settings, encodeText(report, { columns: outputColumns() }));
}
