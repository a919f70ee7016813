import { isKnown, isMissing, type Maybe } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';
import type { StoredRecording } from '../../recording/stored-recording.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import { printError } from '../base/print-error.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { Player } from '../replay/player.ts';
import { timeOf } from '../replay/time-of.ts';
import { reportText } from './report.ts';

/** What `replay --once` and `replay --batch` print. */
export interface ReplayReports {
  readonly kind: 'once' | 'batch';
  readonly json: boolean;
  /** The moment of `--once`, and the first of `--batch`. */
  readonly at: string | undefined;
  /** With `--batch`: how many at most. */
  readonly reports: number | undefined;
}

/**
 * Prints reports of recorded moments. With `--batch` every frame but the first, which has no rates, as `--batch` of
 * the node did; with `--once` that of a moment, the last one unless told. The answer is the exit code.
 */
export function printReplayed(
  settings: Settings,
  recording: StoredRecording,
  name: string,
  wanted: ReplayReports,
): number {
  endAtBrokenPipe();
  const player = new Player(recording, name, thresholdsOf(settings.thresholds));
  const { kind, json, at, reports } = wanted;
  const from = at === undefined ? undefined : timeOf(at, player);
  let printed = 0;
  const print = () => {
    process.stdout.write(reportText(settings, player.observer, json));
    printed += 1;
  };
  if (kind === 'once') {
    const arrived = arrive(player, from);
    if (isMissing(arrived)) return failed(arrived.detail ?? arrived.unavailable);
    print();
  } else {
    for (let model = player.next(), frames = 1; isKnown(model); model = player.next(), frames += 1) {
      if (frames < 2 || (from !== undefined && model.instant.at < from)) continue;
      print();
      if (printed === reports) break;
    }
    if (printed === 0) return failed(`${name} has no two frames there, which a rate takes`);
  }
  for (const line of player.damage()) printError(`${name}: ${line}`);
  return EXIT.fine;
}

/** Plays the hour before a moment, so that its report has rates, growth and what happened. */
function arrive(player: Player, at: number | undefined): Maybe<Model> {
  const last = player.last();
  if (isMissing(last)) return last;
  const model = player.jump(at ?? last.at);
  player.fill(Number.POSITIVE_INFINITY, () => 0);
  return player.observer.model ?? model;
}

function failed(message: string): number {
  printError(message);
  return EXIT.failed;
}
