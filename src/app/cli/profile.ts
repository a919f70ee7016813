import { encodeProfileJson, printJson } from '../../exports/json.ts';
import { encodeProfileSvg } from '../../exports/profile-svg.ts';
import { profileLines } from '../../exports/text/profile.ts';
import { encodeFolded } from '../../profile/folded.ts';
import type { Profiled } from '../../profile/profiled.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import { CannotWrite, writeNewFile } from '../base/new-file.ts';
import { printError } from '../base/print-error.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { outputColumns, styledText } from '../base/styled-output.ts';
import { runCapture } from '../captures/capture-run.ts';
import { type ProfileRequest, takeProfile, warnOfInsecure } from '../captures/take-profile.ts';

/** Where a profile goes besides standard output. */
export interface ProfileOutput {
  readonly json: boolean;
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
        ? `${printJson(encodeProfileJson(profiled, __VERSION__))}\n`
        : styledText(settings, profileLines(profiled, { columns: outputColumns(), most: MOST_ROWS })),
    );
    return EXIT.fine;
  });
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
