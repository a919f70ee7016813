import { findProgram, USUAL_PLACES } from './find-program.ts';

/**
 * How strace is started: its path; or, where PATH has none and the node's root is mounted elsewhere (a debug pod has it
 * at `/host`), the node's own by chroot, since it needs the node's libraries. `undefined` where neither has one.
 */
export function findStrace(
  searchPath: string | undefined,
  hostRoot: string,
): readonly [string, ...string[]] | undefined {
  const own = findProgram('strace', searchPath);
  if (own !== undefined) return [own];
  const chroot = findProgram('chroot', searchPath);
  if (hostRoot === '/' || chroot === undefined) return undefined;
  const places = USUAL_PLACES.split(':');
  const there = findProgram('strace', places.map((place) => hostRoot + place).join(':'));
  return there === undefined ? undefined : [chroot, hostRoot, there.slice(hostRoot.length)];
}
