import { gunzipSync } from 'node:zlib';
import { isProblem } from '../../capture/problem.ts';
import { problemText } from '../../capture/problem-text.ts';
import { readSmallFile } from '../../capture/small-file.ts';
import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import { encodeTraceJson, printJson } from '../../exports/json.ts';
import { traceLines } from '../../exports/text/trace.ts';
import { reasonSentence } from '../../format/reason.ts';
import { TRACE_COSTS } from '../../format/trace-sentences.ts';
import { openHost } from '../../host/open-host.ts';
import type { KubeletModel } from '../../model/model.ts';
import { parseSavedTrace, type Traced } from '../../trace/traced.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import { printError } from '../base/print-error.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { outputColumns, styledText } from '../base/styled-output.ts';
import { runCapture } from '../captures/capture-run.ts';
import { takeTrace } from '../captures/take-trace.ts';
import { collect, UserError } from '../children/collect.ts';

/** What `trace` was told. */
export interface TraceFlags {
  readonly seconds: number;
  /** Output of strace that was saved earlier, instead of running it. */
  readonly from?: string;
  readonly json: boolean;
}

/** A saved trace may be of minutes; read in some seconds. */
const MOST_FILE_BYTES = 256 * 1024 * 1024;

const MOST_ROWS = 30;

/** The first look at a process finds it, the next one knows what it is. */
const FIND_TICKS = 2;

/** Traces kubelet, or reads a saved trace, and tells what it means. The answer is the exit code. */
export async function trace(settings: Settings, flags: TraceFlags): Promise<number> {
  endAtBrokenPipe();
  const { from } = flags;
  if (from !== undefined) return tell(settings, flags, readTrace(from));
  return runCapture(async ({ signal, onProgress, clear }) => {
    const kubelet = await findKubelet(settings);
    if (isMissing(kubelet)) return failed(`no kubelet to trace: ${reasonSentence(kubelet)}`);
    if (signal.aborted) return EXIT.failed;
    const { pid, startTicks } = kubelet;
    process.stderr.write(`tracing process ${pid} for ${flags.seconds} s\n`);
    for (const cost of TRACE_COSTS) process.stderr.write(`- ${cost}\n`);
    const request = {
      pid,
      startTicks,
      seconds: flags.seconds,
      mostCharacters: Number.POSITIVE_INFINITY,
      hostRoot: settings.root,
    };
    const traced = await takeTrace(request, { signal, onProgress });
    clear();
    return tell(settings, flags, traced);
  });
}

function tell(settings: Settings, { json }: TraceFlags, traced: Traced | { readonly failed: string }): number {
  if ('failed' in traced) return failed(traced.failed);
  process.stdout.write(
    json
      ? `${printJson(encodeTraceJson(traced, __VERSION__))}\n`
      : styledText(settings, traceLines(traced, { columns: outputColumns(), most: MOST_ROWS })),
  );
  return EXIT.fine;
}

function readTrace(path: string): Traced | { readonly failed: string } {
  const bytes = readSmallFile(path, MOST_FILE_BYTES);
  if (isProblem(bytes)) return { failed: problemText(bytes) };
  const unpacked = unpack(bytes);
  if (unpacked === undefined) return { failed: `${path}: its gzip data is damaged, or more than 256 MiB unpacked` };
  const traced = parseSavedTrace(unpacked.toString('utf8'), path);
  return isMissing(traced) ? { failed: `${path}: ${traced.detail ?? traced.unavailable}` } : traced;
}

/** A trace is often saved compressed; `undefined` where it cannot be unpacked within what is read. */
function unpack(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_FILE_BYTES });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** The process that the live screen would show; a fixture's is not on this machine. */
async function findKubelet(settings: Settings): Promise<Maybe<KubeletModel>> {
  const { origin } = openHost(settings.root);
  if (origin.kind !== 'live') return missing('unsupported', `${origin.root} is a ${origin.kind}: nothing runs there`);
  let found: Maybe<KubeletModel> = missing('warming-up');
  try {
    await collect(settings, (observer, ticks) => {
      found = observer.model?.kubelet ?? found;
      return isMissing(found) && ticks < FIND_TICKS;
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return missing('failed', error.message.split('\n', 1)[0]);
  }
  return found;
}

function failed(message: string): number {
  printError(message);
  return EXIT.failed;
}
