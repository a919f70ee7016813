import { isFolded, parseFolded } from './folded-stacks.ts';
import { isPprofRaw, parsePprofRaw } from './pprof-raw.ts';
import type { Profile, ProfileMissing } from './profile.ts';
import { profileProblem } from './profile-problem.ts';

/** `kubelet  1342 [003]  1234.567890:   10101010 cpu-clock:`, and then a line per frame, indented, its address first. */
const PERF_SCRIPT = /^\S.*\s\d+(?:\/\d+)?\s+(?:\[\d+\]\s+)?\d+\.\d+:\s.*\n\s+[0-9a-f]{6,16}\s/m;

/** A protobuf of a profile has zeros and other control characters in its first bytes; a text has none. */
const NO_TEXT = /[^\t\n\r\x20-\x7e\x80-\uffff]|\ufffd/;

/**
 * Reads a profile that is a text: `go tool pprof -raw`, or folded stacks of whatever script. `undefined` where the bytes
 * are no text, or one that is neither.
 */
export function decodeText(bytes: Uint8Array): Profile | ProfileMissing | undefined {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 8192)).slice(0, 8000);
  if (NO_TEXT.test(beginning)) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (isPprofRaw(text)) return parsePprofRaw(text);
  if (PERF_SCRIPT.test(beginning)) return profileProblem('not-folded');
  return isFolded(text) ? parseFolded(text) : undefined;
}
