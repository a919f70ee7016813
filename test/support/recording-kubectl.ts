import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program named kubectl that writes down how it was called and answers as a test wants. */
export interface RecordingKubectl {
  /** The folder that goes first on PATH. */
  readonly path: string;
  /** The calls so far: their words, flags of the cluster left out. */
  readonly calls: () => readonly (readonly string[])[];
  /** What was given on standard input to the first call of that verb. */
  readonly input: (verb: string) => string;
}

/**
 * Makes it. `answers` are bodies of shell functions by verb: what they print and how they end. A verb without one
 * succeeds without a word.
 */
export function recordingKubectl(folder: string, answers: Readonly<Record<string, string>> = {}): RecordingKubectl {
  const path = join(folder, 'bin');
  mkdirSync(path, { recursive: true });
  const cases = Object.entries(answers).map(([verb, body]) => `${verb}) ${body} ;;`);
  const script = `#!/bin/sh
verb=
for word in "$@"; do
  case $word in
  create | wait | get | exec | delete) [ -n "$verb" ] || verb=$word ;;
  esac
done
printf '%s\\0' "$@" >>'${folder}/calls'
printf '\\n' >>'${folder}/calls'
[ "$verb" != create ] || cat >'${folder}/input.create'
case $verb in
${cases.join('\n')}
esac
`;
  writeFileSync(join(path, 'kubectl'), script);
  chmodSync(join(path, 'kubectl'), 0o755);
  const textOf = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
  return {
    path,
    calls: () =>
      textOf('calls')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\0').slice(0, -1)),
    input: (verb) => textOf(`input.${verb}`),
  };
}
