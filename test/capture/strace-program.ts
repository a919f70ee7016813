import { runStrace } from '../../src/capture/strace.ts';

/** Traces the process named on the command line; a test kills this program meanwhile. */
const [pid, startTicks, seconds, temporaryFolder] = process.argv.slice(2);

void runStrace({
  pid: Number(pid),
  startTicks: Number(startTicks),
  seconds: Number(seconds),
  traceSeconds: 0,
  procFolder: '/proc',
  temporaryFolder: temporaryFolder ?? '',
  searchPath: process.env.PATH,
  hostRoot: '/',
  clock: { now: () => Date.now(), monotonic: () => performance.now() / 1000 },
  signal: new AbortController().signal,
  onProgress: () => {},
});
