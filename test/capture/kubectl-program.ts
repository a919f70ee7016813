import { fetchThroughKubectl } from '../../src/capture/kubectl-proxy.ts';

/** Fetches the profile of a node with the kubectl on PATH; a test kills this program meanwhile. */
void fetchThroughKubectl('node-7', {
  seconds: 1,
  searchPath: process.env.PATH,
  environment: process.env,
  clock: { now: () => Date.now(), monotonic: () => performance.now() / 1000 },
  signal: new AbortController().signal,
  onProgress: () => {},
});
