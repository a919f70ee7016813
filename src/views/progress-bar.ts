import type { CaptureProgress } from '../core/capture-progress.ts';
import { run, type StyledLine } from '../format/styled.ts';

const WIDEST = 60;

/** A bar and the seconds; before anything is known an empty one. */
export function progressBar(progress: CaptureProgress | undefined, columns: number): StyledLine {
  const { elapsedSeconds = 0, totalSeconds = 0 } = progress ?? {};
  const seconds =
    progress === undefined ? ' starting' : ` ${Math.min(elapsedSeconds, totalSeconds).toFixed(0)} of ${totalSeconds} s`;
  const late = progress !== undefined && elapsedSeconds > totalSeconds + 1 ? ', ending' : '';
  const width = Math.max(4, Math.min(WIDEST, columns - seconds.length - late.length - 3));
  const filled = totalSeconds === 0 ? 0 : Math.round(Math.min(1, elapsedSeconds / totalSeconds) * width);
  return [
    run(' ['),
    run('#'.repeat(filled), { ink: 'green' }),
    run('.'.repeat(width - filled), { ink: 'dim' }),
    run(`]${seconds}${late}`),
  ];
}
