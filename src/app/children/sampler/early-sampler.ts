import type { ChildProcess } from 'node:child_process';
import { systemErrorSentence } from '../../../core/errno.ts';
import { startOwnProcess } from '../own-process.ts';
import { SAMPLER_ARGUMENT } from './protocol.ts';

/** Where the process is kept: the bundle that starts it and the one that uses it share nothing else. */
const KEY = Symbol.for('slabtop-k8s.early-sampler');

/**
 * Commands and flags with which nothing is sampled, or perhaps not.
 *
 * @internal
 */
export const WITHOUT: readonly string[] = [
  'completion',
  'demo',
  'diff',
  'fleet',
  'print',
  'profile',
  'replay',
  'trace',
  'version',
  'help',
  '-h',
  '--help',
  '-V',
  '--version',
];
const PERHAPS_WITHOUT = ['--share', '--print-npd-config', '--log'];

/**
 * Starts the sampler process before the command line is read, where one will be wanted by all appearance. A wrong guess
 * costs time only: one that nobody takes ends with us, and whoever needs one that is not there starts it.
 */
export function startEarlySampler(args: readonly string[]): void {
  if (args.some((arg) => arg.startsWith('__') || WITHOUT.includes(arg) || isPerhapsWithout(arg))) return;
  try {
    const child = startOwnProcess(SAMPLER_ARGUMENT, 'ignore');
    Reflect.set(globalThis, KEY, child);
    child.once('error', () => Reflect.deleteProperty(globalThis, KEY));
  } catch (error) {
    // A pids limit, no descriptors left: whoever needs it tries again, and tells.
    if (systemErrorSentence(error) === undefined) throw error;
  }
}

/** The process that was started early, once; undefined where there is none that lives, or it has no log and shall. */
export function takeEarlySampler(errorLog: number | 'ignore'): ChildProcess | undefined {
  const child: ChildProcess | undefined = Reflect.get(globalThis, KEY);
  Reflect.deleteProperty(globalThis, KEY);
  if (child?.connected && errorLog === 'ignore') return child;
  if (child?.connected) child.disconnect();
  return undefined;
}

function isPerhapsWithout(arg: string): boolean {
  return PERHAPS_WITHOUT.some((flag) => arg === flag || arg.startsWith(`${flag}=`));
}
