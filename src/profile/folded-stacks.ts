import { missing } from '../core/missing.ts';
import type { Profile, ProfileMissing } from './profile.ts';
import { profileProblem } from './profile-problem.ts';
import { StackColumns } from './stack-columns.ts';

/** A stack and its number: `kubelet;runtime.main;main.main 12`. */
const FOLDED = /^(\S.*) (\d+(?:\.\d+)?)$/;

/** Go's usual period, 100 samples a second of each busy core: what a sample is taken for where nothing tells. */
const SAMPLE_NANOSECONDS = 10_000_000;

/** Whether a text is folded stacks: every line is a stack and a number, and one at least has two frames. */
export function isFolded(text: string): boolean {
  const lines = linesOf(text.slice(0, 1 << 16));
  // The last of a part of the text may be cut.
  const whole = text.length > 1 << 16 ? lines.slice(0, -1) : lines;
  return whole.length > 0 && whole.every((line) => FOLDED.test(line)) && whole.some((line) => line.includes(';'));
}

/**
 * Reads folded stacks: those of `encodeFolded`, in microseconds, and those of the scripts that fold `perf script` or
 * `pprof -raw` (stackcollapse-perf.pl, stackcollapse-go.pl), in samples. Which it is stands nowhere: numbers that are
 * all multiples of Go's period are microseconds. What perf puts behind names, `_[k]` in the kernel and `_[i]` where a
 * call was inlined, is taken off.
 */
export function parseFolded(text: string): Profile | ProfileMissing {
  const columns = new StackColumns();
  let samples = 0;
  let inMicroseconds = true;
  let inKernel = false;
  for (const line of linesOf(text)) {
    const [, stack, number] = FOLDED.exec(line) ?? [];
    if (stack === undefined) return profileProblem('truncated');
    const value = Number(number);
    inMicroseconds &&= value % (SAMPLE_NANOSECONDS / 1000) === 0;
    const frames = stack.split(';').map((frame) => {
      const [, name = frame, mark] = /^(.+)_\[([kijw])\]$/.exec(frame) ?? [];
      inKernel ||= mark === 'k';
      return { name, inlined: mark === 'i' };
    });
    samples += value;
    if (!columns.push(frames, value)) return profileProblem('too-large');
  }
  if (samples === 0) return profileProblem('no-samples');
  const scale = inMicroseconds ? 1000 : SAMPLE_NANOSECONDS;
  const untold = missing('absent', 'folded stacks do not tell');
  return {
    functions: columns.functions,
    stacks: columns.stacks(scale),
    cpuNanoseconds: samples * scale,
    samples: Math.round((samples * scale) / SAMPLE_NANOSECONDS),
    takenAt: untold,
    durationSeconds: untold,
    periodNanoseconds: untold,
    executable: untold,
    dropFrames: untold,
    keepFrames: untold,
    by: inKernel ? 'perf' : 'folded',
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}
