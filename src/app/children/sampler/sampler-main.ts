import { failAtFileSizeLimit } from '../../base/file-size-limit.ts';
import { setV8Flags } from '../../base/v8-flags.ts';
import { runSamplerProcess } from './sampler-process.ts';

/**
 * The sampler process as a bundle of its own, a tenth of the whole program: two megabytes of text need not be read,
 * scanned and kept where the kernel is asked.
 */
process.title = 'slabtop-k8s';
setV8Flags();
failAtFileSizeLimit();
runSamplerProcess();
