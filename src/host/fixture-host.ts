import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../core/clock.ts';
import { errnoSentence } from '../core/errno.ts';
import { issueWithoutContent, parseJson } from '../core/json.ts';
import { isMissing, missing } from '../core/missing.ts';
import { oneLine } from '../core/printable.ts';
import type { Question, ReadCost, Reading } from '../core/reading.ts';
import { readBuildInfo } from './build-info.ts';
import type { WaitingHost } from './host.ts';
import { systemClock } from './live-host.ts';
import { cpuSecondsOfThread, withCost } from './read-cost.ts';
import { readRegular } from './regular-file.ts';
import { answer, insideRoot, linkInsideRoot, listFolders, listLinks, listNames } from './root-folder.ts';

/** So long a playing read burns at a time. */
const SLICE_SECONDS = 0.005;

/** The file beside `proc/` that makes a folder a fixture, and says what plain files cannot. */
export const HOST_JSON = 'host.json';

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

const declaration = v.object({
  fixture: v.literal('slabtop-k8s/1'),
  /** Where the files came from: captured, generated or derived, and from what. */
  origin: v.string(),
  moment: v.optional(v.string()),
  hostname: v.optional(v.string()),
  /** The instant of the files (RFC 3339); without it, now. Steps should have one each: rates are taken over it. */
  at: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => !Number.isNaN(Date.parse(text)), 'not a date (RFC 3339)'),
    ),
  ),
  /** What a read of a path cost; reported, and not spent unless it plays. A read without one has no time. */
  reads: v.optional(v.record(v.string(), v.object({ wallSeconds: seconds, cpuSeconds: v.optional(seconds) })), {}),
  /**
   * Somebody changes its files while it is read, like a kernel does. Then this file is read again with every tick and
   * every job of the slow lane, and the read times are spent: `slept` takes the wall time, `burnt` its CPU time as well;
   * a read without one has the time that it takes.
   */
  plays: v.optional(v.picklist(['slept', 'burnt'])),
  /** Errnos to answer with: as root, mode 000 gives none. */
  errors: v.optional(v.record(v.string(), v.string()), {}),
});

/** What a fixture's `host.json` declares. */
type FixtureDeclaration = v.InferOutput<typeof declaration>;

/** One instant of a fixture: its folder and what is declared for it. */
interface Step {
  readonly root: string;
  readonly declared: FixtureDeclaration;
}

/**
 * Reads a folder's `host.json`. Throws an error fit for the person who named the folder where it is not one of ours; it
 * says which part is wrong and never what stands there: who made the fixture may have made it a link, or another file.
 */
function readDeclaration(folder: string): FixtureDeclaration {
  const file = join(folder, HOST_JSON);
  const json = parseJson(textIn(file));
  if (isMissing(json)) throw new Error(`${file}: ${json.detail}`);
  const parsed = v.safeParse(declaration, json.value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(oneLine(`${file}: ${issueWithoutContent(issue)}`));
}

function textIn(file: string): string {
  const reading = answer('read', file, () => readRegular(file));
  if ('text' in reading) return reading.text;
  throw new Error(oneLine(`${file}: ${errnoSentence(reading.errno)}`));
}

/**
 * A folder of captured files. With `step-1`, `step-2`, ... in it, each of which is a whole root folder with a
 * `host.json` of its own, tick 0 sees the first, tick 1 the second, and the last stays.
 */
export function openFixtureHost(folder: string): WaitingHost {
  const steps = stepsOf(folder);
  let current = steps[0];
  const { plays } = current.declared;

  const declared = (path: string): string | undefined => current.declared.errors[path];
  const ask = (
    question: Question,
    path: string,
    read: (file: string) => string,
    inside = (path: string) => insideRoot(current.root, path),
  ): Reading => {
    if (plays !== undefined) spend(current.declared.reads[path], plays);
    return found(question, path, read, inside);
  };
  const found = (
    question: Question,
    path: string,
    read: (file: string) => string,
    inside = (path: string) => insideRoot(current.root, path),
  ): Reading => {
    const errno = declared(path);
    return errno === undefined ? answer(question, path, () => read(inside(path))) : { question, path, errno };
  };

  const timed = (path: string, ask: () => Reading): Reading => {
    const { result, cost } = withCost(ask);
    return { ...result, cost: plays && !current.declared.reads[path] ? cost : costOf(current.declared, path) };
  };

  return {
    origin: { kind: 'fixture', root: folder, ...(plays === undefined ? {} : { plays: true }) },
    clock: declaredClock(() => current.declared.at),
    atTick: (tick) => {
      current = steps[Math.min(tick, steps.length - 1)] ?? current;
      if (plays !== undefined) current = { ...current, declared: readDeclaration(current.root) };
    },
    read: (path) => ask('read', path, readRegular),
    timed: (path) => timed(path, () => ask('timed', path, readRegular)),
    timedLater: async (path) => {
      if (plays !== undefined) await spendLater(current.declared.reads[path], plays);
      return timed(path, () => found('timed', path, readRegular));
    },
    list: (path) => ask('list', path, listNames),
    dirs: (path) => ask('dirs', path, listFolders),
    link: (path) =>
      ask(
        'link',
        path,
        (link) => readlinkSync(link),
        (link) => linkInsideRoot(current.root, link),
      ),
    links: (path) => ask('links', path, listLinks),
    own: (path) => answer('own', path, () => readRegular(path)),
    buildInfo: (path) => ask('buildInfo', path, readBuildInfo),
  };
}

function stepsOf(folder: string): readonly [Step, ...Step[]] {
  const top: Step = { root: folder, declared: readDeclaration(folder) };
  const steps: Step[] = [];
  for (let number = 1; isFolder(join(folder, `step-${number}`)); number += 1) {
    const root = join(folder, `step-${number}`);
    steps.push({ root, declared: readDeclaration(root) });
  }
  const [first, ...rest] = steps;
  return first === undefined ? [top] : [first, ...rest];
}

/** A link to a folder is none: no path of a fixture leaves it. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function declaredClock(at: () => string | undefined): Clock {
  const epochMs = () => {
    const text = at();
    return text === undefined ? undefined : Date.parse(text);
  };
  return {
    now: () => epochMs() ?? systemClock.now(),
    monotonic: () => {
      const declaredMs = epochMs();
      return declaredMs === undefined ? systemClock.monotonic() : declaredMs / 1000;
    },
  };
}

/** Takes the time that a read is declared to take: the calling thread waits, as it would in the kernel. */
function spend(cost: FixtureDeclaration['reads'][string] | undefined, how: 'slept' | 'burnt'): void {
  if (cost === undefined) return;
  const cpuSeconds = how === 'burnt' ? (cost.cpuSeconds ?? 0) : 0;
  const burntAt = cpuSecondsOfThread() + cpuSeconds;
  while (cpuSeconds > 0 && cpuSecondsOfThread() < burntAt);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, cost.wallSeconds - cpuSeconds) * 1000);
}

/** The same without holding anybody up; what is burnt, in slices. */
async function spendLater(
  cost: FixtureDeclaration['reads'][string] | undefined,
  how: 'slept' | 'burnt',
): Promise<void> {
  if (cost === undefined) return;
  let leftSeconds = how === 'burnt' ? (cost.cpuSeconds ?? 0) : 0;
  const sleptSeconds = Math.max(0, cost.wallSeconds - leftSeconds);
  for (; leftSeconds > 0; leftSeconds -= SLICE_SECONDS) {
    spend({ wallSeconds: 0, cpuSeconds: Math.min(leftSeconds, SLICE_SECONDS) }, 'burnt');
    await sleep(0);
  }
  await sleep(sleptSeconds * 1000);
}

const sleep = (milliseconds: number) => new Promise<void>((settle) => setTimeout(settle, milliseconds));

function costOf(declared: FixtureDeclaration, path: string): ReadCost {
  const unknown = missing('unsupported', `host.json declares no read time for ${path}`);
  const cost = declared.reads[path];
  if (cost === undefined) return { wallSeconds: unknown, cpuSeconds: unknown, systemSeconds: unknown };
  return { wallSeconds: cost.wallSeconds, cpuSeconds: cost.cpuSeconds ?? unknown, systemSeconds: unknown };
}
