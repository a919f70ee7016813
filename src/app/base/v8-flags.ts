import { setFlagsFromString } from 'node:v8';

/** How much more often than by default a function must run before V8 optimises it. */
const TIMES = 15;

/** V8 counts bytes of bytecode until 12 (67,584 by default), and invocations from then on (3,000, and 400 for Maglev). */
const FLAGS_BEFORE_12 = [`--interrupt-budget=${67_584 * TIMES}`];
const FLAGS_SINCE_12 = [
  `--invocation-count-for-turbofan=${3000 * TIMES}`,
  `--invocation-count-for-maglev=${400 * TIMES}`,
];

/**
 * Has V8 optimise only what runs far more often than once a tick: optimising a tick's code costs more than it saves
 * (measured: a tenth less CPU, in the first minute as after seven). Set while running, since a
 * release of Node that does not know a flag would not start with it on its command line.
 */
export function setV8Flags(): void {
  const flags = Number.parseInt(process.versions.v8, 10) < 12 ? FLAGS_BEFORE_12 : FLAGS_SINCE_12;
  for (const flag of flags) setFlagsFromString(flag);
}
