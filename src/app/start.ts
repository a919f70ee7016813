import { join } from 'node:path';
import { runBundle } from './base/run-bundle.ts';
import { setV8Flags } from './base/v8-flags.ts';
import { startEarlySampler } from './children/sampler/early-sampler.ts';
import { SAMPLER_ARGUMENT } from './children/sampler/protocol.ts';

/**
 * What Node is started with: a few kilobytes that first of all start the sampler process, so that two processes load
 * their programs at the same time on two cores, and then load ours, compiled when it was built.
 */
process.title = 'slabtop-k8s';
const isSampler = process.argv[2] === SAMPLER_ARGUMENT;
if (!isSampler) startEarlySampler(process.argv.slice(2));
// Before the code cache is opened: V8 takes one only with the flags that were in force when it was made.
setV8Flags();
runBundle(join(__dirname, isSampler ? 'slabtop-k8s-sampler.cjs' : 'slabtop-k8s.cjs'), require);
