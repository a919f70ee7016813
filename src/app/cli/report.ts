import { encodeJson, printJson } from '../../exports/json.ts';
import { encodeText } from '../../exports/text.ts';
import type { Observer } from '../../model/observer.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import { complain } from '../base/print-error.ts';
import { type Captured, reportOf } from '../base/report-of.ts';
import { EXIT, type Setting } from '../base/settings.ts';
import { outputColumns, styledText } from '../base/styled-output.ts';
import { profileForReport } from '../captures/profile-for-report.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';
import { CannotSample, collect } from '../children/collect.ts';

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
export async function printReports(setting: Setting, { reports, json, profile }: ReportOptions): Promise<number> {
  let printed = 0;
  endAtBrokenPipe();
  try {
    const captured = await profileForReport(profile);
    const isRecorded = await collect(setting, (observer, ticks) => {
      if (ticks < 2) return true;
      process.stdout.write(reportText(setting, observer, json, captured));
      printed += 1;
      return reports === undefined || printed < reports;
    });
    return isRecorded ? EXIT.fine : EXIT.failed;
  } catch (error) {
    if (!(error instanceof CannotSample)) throw error;
    complain(error.message);
    return EXIT.failed;
  }
}

/** One report of what an observer knows, as `--once` and `--batch` print it. */
export function reportText(setting: Setting, observer: Observer, json: boolean, captured: Captured = {}): string {
  const report = reportOf(setting, observer, undefined, captured);
  if (json) return `${printJson(encodeJson(report))}\n`;
  return styledText(setting, encodeText(report, { columns: outputColumns() }));
}
