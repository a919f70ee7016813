import { isKnown, isMissing } from '../../../core/missing.ts';
import type { Reading } from '../../../core/reading.ts';
import { HOST_JSON } from '../../../host/fixture-host.ts';
import type { RecordedRun } from '../../../recording/frame.ts';
import { POD_LOGS } from '../../../samplers/pods.ts';
import type { BundleFile } from './pack-bundle.ts';
import { safePart, safePath } from './safe-path.ts';

/** More files than this would make unpacking a burden; 5,000 cgroups have 20,000. */
const MOST_FILES = 30_000;

/** What {@link rawText} is told of the moment. */
export interface RawMoment {
  /** RFC 3339. */
  readonly at: string;
  /** Where the texts came from, in a sentence. */
  readonly origin: string;
}

/**
 * The kernel's texts of the last runs as files below `raw/`, which is a fixture: `--host-root raw` shows that moment
 * again. Read times and errnos stand in its `host.json`; what was no file (the folders in a folder, the target of a
 * link) stands in a file beside it.
 */
export function rawText(
  runs: readonly RecordedRun[],
  { at, origin }: RawMoment,
): { readonly files: readonly BundleFile[]; readonly folders: readonly string[] } {
  const texts = new Map<string, string>();
  const folders = new Set<string>();
  const errors = new Map<string, string>();
  const reads = new Map<string, object>();
  for (const reading of runs.flatMap((run) => run.readings)) {
    if (!('text' in reading)) {
      errors.set(reading.path, reading.errno);
      continue;
    }
    const cost = costOf(reading);
    if (cost !== undefined) reads.set(reading.path, cost);
    if (reading.question === 'list' && reading.path === POD_LOGS) {
      for (const name of reading.text.split('\n')) if (name !== '') folders.add(`raw${POD_LOGS}/${safePart(name)}`);
    } else if (reading.question === 'list' && reading.path.startsWith(`${POD_LOGS}/`)) {
      // A container's logs are empty files, a pod's containers folders: what they hold was never read.
      const isPod = !reading.path.slice(POD_LOGS.length + 1).includes('/');
      for (const name of reading.text.split('\n')) {
        const place = `${safePath(reading.path)}/${safePart(name)}`;
        if (name === '') continue;
        if (isPod) folders.add(`raw/${place}`);
        else texts.set(place, '');
      }
    } else if (texts.size < MOST_FILES) texts.set(placeOf(reading), reading.text);
  }
  const declared = {
    fixture: 'slabtop-k8s/1',
    origin,
    at,
    reads: Object.fromEntries(reads),
    errors: Object.fromEntries(errors),
  };
  texts.set(HOST_JSON, `${JSON.stringify(declared, undefined, 2)}\n`);
  const files = [...texts].map(([path, text]) => ({
    path: `raw/${path}`,
    format: path === HOST_JSON ? 'slabtop-k8s fixture 1' : 'kernel text',
    about: path === HOST_JSON ? 'read times and errnos; makes raw/ a fixture' : 'as it was read last',
    bytes: Buffer.from(text),
  }));
  return { files, folders: [...folders] };
}

function placeOf({ question, path }: Reading): string {
  const safe = safePath(path);
  switch (question) {
    case 'read':
    case 'timed':
      return safe;
    case 'own':
      return `own/${safe}`;
    case 'list':
    case 'dirs':
    case 'links':
    case 'buildInfo':
      return `answers/${question}/${safe === '' ? 'root' : safe}.txt`;
    case 'link':
      return `answers/link/${safe}.txt`;
  }
}

function costOf({ cost }: Reading): object | undefined {
  if (cost === undefined || isMissing(cost.wallSeconds)) return undefined;
  const { wallSeconds, cpuSeconds } = cost;
  return isKnown(cpuSeconds) ? { wallSeconds, cpuSeconds } : { wallSeconds };
}
