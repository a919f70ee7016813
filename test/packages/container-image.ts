import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a container of an image runs: the entry point, what it is given where nothing else is, and its environment. */
export interface ImageCommand {
  readonly entrypoint: readonly string[];
  readonly defaultArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Builds an image's file system in a folder, as a container engine would: a Containerfile's `FROM scratch`, `ADD` of
 * archives in the context (which unpacks them), `ENV`, `ENTRYPOINT` and `CMD` in their exec form. Throws at all else.
 */
export function buildImage(containerfile: string, context: string, into: string): ImageCommand {
  let image: ImageCommand = { entrypoint: [], defaultArgs: [], env: {} };
  for (const line of readFileSync(containerfile, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [instruction = '', rest = ''] = splitOnce(line);
    if (instruction === 'ADD') unpack(rest, context, into);
    else if (instruction === 'ENTRYPOINT') image = { ...image, entrypoint: JSON.parse(rest) };
    else if (instruction === 'CMD') image = { ...image, defaultArgs: JSON.parse(rest) };
    else if (instruction === 'ENV') image = { ...image, env: { ...image.env, ...variablesIn(rest) } };
    else if (line !== 'FROM scratch') throw new Error(`not understood: ${line}`);
  }
  return image;
}

/** `NAME=value` pairs, without quotes. */
function variablesIn(pairs: string): Record<string, string> {
  return Object.fromEntries(pairs.split(' ').map((pair) => pair.split('=', 2)));
}

function unpack(operands: string, context: string, into: string): void {
  const [pattern = '', target = ''] = splitOnce(operands);
  const [before = '', after = ''] = pattern.split('*');
  const archives = readdirSync(context).filter((name) => name.startsWith(before) && name.endsWith(after));
  if (archives.length === 0 || !target.endsWith('/')) throw new Error(`ADD ${operands}: nothing to add, or no folder`);
  mkdirSync(join(into, target), { recursive: true });
  for (const name of archives) execFileSync('tar', ['-C', join(into, target), '-xzf', join(context, name)]);
}

function splitOnce(text: string): [string, string] {
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
}
