import { isMainThread, workerData } from 'node:worker_threads';
import { failAtFileSizeLimit } from '../../base/file-size-limit.ts';
import { setV8Flags } from '../../base/v8-flags.ts';
import { runSamplerProcess } from './sampler-process.ts';
import { isSlowLane, runSlowLane } from './slow-lane-worker.ts';

/**
 * The sampler process and its thread as a bundle of their own, a tenth of the whole program: three copies of two
 * megabytes of text need not be read, scanned and kept where the kernel is asked.
 */
process.title = 'slabtop-k8s';
setV8Flags();
failAtFileSizeLimit();
if (!isMainThread && isSlowLane(workerData)) runSlowLane();
else runSamplerProcess();
