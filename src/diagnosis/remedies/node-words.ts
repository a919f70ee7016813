import { isMissing, type Maybe, missing } from '../../core/missing.ts';

/**
 * A name from the node as it may stand in a command that a person copies into a shell: letters, digits and the marks
 * that names of nodes, pods and units have. Anything else could be made to do something, and is left out.
 */
export function shellWord(name: Maybe<string>): Maybe<string> {
  if (isMissing(name)) return name;
  const plain = /^[A-Za-z0-9][A-Za-z0-9@:._-]*$/.test(name);
  return plain ? name : missing('malformed', 'the name has characters that a shell interprets');
}

/** The same of a path from the root. */
export function shellPath(path: string): Maybe<string> {
  const plain = /^(?:\/[A-Za-z0-9@:._-]+)+$/.test(path);
  return plain ? path : missing('malformed', 'the path has characters that a shell interprets');
}
