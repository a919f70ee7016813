import { encodeProfileJson, printJson } from '../../exports/json.ts';
import { encodeProfileSvg } from '../../exports/profile-svg.ts';
import { profileLines } from '../../exports/text/profile.ts';
import { kubeletMetricsSentences } from '../../format/kubelet-metrics-sentences.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import { systemClock } from '../../host/live-host.ts';
import { encodeFolded } from '../../profile/folded.ts';
import type { KubeletMetrics } from '../../profile/kubelet-metrics.ts';
import type { Profiled } from '../../profile/profiled.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import { CannotWrite, writeNewFile } from '../base/new-file.ts';
import { printError } from '../base/print-error.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { outputColumns, styledText } from '../base/styled-output.ts';
import { runCapture } from '../captures/capture-run.ts';
import { type ProfileRequest, takeMetrics, takeProfile, warnOfInsecure } from '../captures/take-profile.ts';

/** Where a profile goes besides standard output. */
export interface ProfileOutput {
  readonly json: boolean;
  /** kubelet's own `/metrics`, too. */
  readonly metrics: boolean;
  /** New files, 0600. */
  readonly svg?: string;
  readonly folded?: string;
}

/** Rows of the top table on standard output; the JSON document has all of them. */
const MOST_ROWS = 30;

/** Takes a profile, writes the files that were asked for, and tells what it says. The answer is the exit code. */
export async function profile(settings: Settings, request: ProfileRequest, output: ProfileOutput): Promise<number> {
  endAtBrokenPipe();
  warnOfInsecure(request);
  return runCapture(async ({ signal, onProgress, clear }) => {
    const metrics = output.metrics ? await takeMetrics(request, signal) : undefined;
    if (metrics !== undefined && 'failed' in metrics) return failed(metrics.failed);
    const profiled = await takeProfile(request, { signal, onProgress });
    clear();
    if ('failed' in profiled) return failed(profiled.failed);
    try {
      for (const path of writeProfile(profiled, output)) process.stderr.write(`written: ${path}\n`);
    } catch (error) {
      if (error instanceof CannotWrite) return failed(error.message);
      throw error;
    }
    process.stdout.write(
      output.json
        ? `${printJson(encodeProfileJson(profiled, __VERSION__, metrics))}\n`
        : styledText(settings, [
            ...profileLines(profiled, { columns: outputColumns(), most: MOST_ROWS }),
            ...(metrics === undefined ? [] : metricsLines(metrics)),
          ]),
    );
    return EXIT.fine;
  });
}

function metricsLines(metrics: KubeletMetrics): readonly StyledLine[] {
  const sentences = kubeletMetricsSentences(metrics, systemClock.now() / 1000);
  return [[], ...sentences.flatMap((text) => wrapText(text, outputColumns() - 2, 2).map((line) => [run(` ${line}`)]))];
}

function writeProfile(profiled: Profiled, { svg, folded }: ProfileOutput): readonly string[] {
  if (svg !== undefined) writeNewFile(svg, encodeProfileSvg(profiled));
  if (folded !== undefined) writeNewFile(folded, encodeFolded(profiled.tree));
  return [svg, folded].filter((path) => path !== undefined);
}

function failed(message: string): number {
  printError(message);
  return EXIT.failed;
}
