/**
 * Whether a function is the one that a suffix names: the suffix begins at a part of the import path, closures belong
 * to the function that they stand in (`housekeeping.func1`), and `type.*` names all methods.
 */
export function matchesSuffix(name: string, suffix: string): boolean {
  const wanted = suffix.endsWith('.*') ? suffix.slice(0, -1) : suffix;
  const at = name.lastIndexOf(wanted);
  if (at < 0 || (at > 0 && name[at - 1] !== '/')) return false;
  const rest = name.slice(at + wanted.length);
  return wanted !== suffix || rest === '' || CLOSURE.test(rest);
}

/** What the Go compiler appends for closures, deferred calls and method values. */
const CLOSURE = /^(?:\.(?:func|gowrap|deferwrap)?\d+|-fm|-range\d+)+$/;
