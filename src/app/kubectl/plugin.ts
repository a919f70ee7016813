import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { findProgram } from '../../capture/find-program.ts';
import { printable } from '../../core/printable.ts';
import { CHECK_EXIT } from '../base/check-exit.ts';
import { printError } from '../base/print-error.ts';
import { EXIT } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { PLUGIN_USAGE, type PluginArguments, parsePluginArguments } from './arguments.ts';
import { Kubectl } from './kubectl.ts';
import { CONTAINER, IN_IMAGE, podName, SESSION_LABELS, sessionPod } from './pod.ts';

const SELECTOR = Object.entries(SESSION_LABELS)
  .map(([label, value]) => `${label}=${value}`)
  .join(',');

/** Signals after which the pod is still removed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `kubectl slabtop`: the answer is the exit code, that of slabtop-k8s in the pod where it ran. */
export async function runPlugin(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h' || args[0] === 'help') {
    process.stdout.write(PLUGIN_USAGE);
    return args.length === 0 ? EXIT.usage : EXIT.fine;
  }
  try {
    const given = parsePluginArguments(args, process.env);
    const program = findProgram('kubectl', process.env.PATH);
    if (program === undefined) return failed('kubectl is not on PATH');
    return await new Session(given, new Kubectl(program, given.kubectl, process.env)).run();
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    printError(`${error.message}; see kubectl slabtop --help`);
    return EXIT.usage;
  }
}

class Session {
  readonly #given: PluginArguments;
  readonly #kubectl: Kubectl;
  readonly #pod: string;
  #interrupted: number | undefined;

  constructor(given: PluginArguments, kubectl: Kubectl) {
    this.#given = given;
    this.#kubectl = kubectl;
    this.#pod = podName(given.node, randomBytes(3).toString('hex'));
  }

  async run(): Promise<number> {
    const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
    const handlers = ENDING.map((signal) => {
      const handler = (): void => {
        this.#interrupted ??= codes[signal];
        this.#kubectl.interrupt();
      };
      process.on(signal, handler);
      return () => process.off(signal, handler);
    });
    try {
      if (await this.#isNoNode()) return this.#failed(`there is no node "${this.#given.node}" in this cluster`);
      await this.#offerLeftovers();
      if (this.#interrupted !== undefined) return this.#interrupted;
      return await this.#withPod();
    } finally {
      for (const off of handlers) off();
    }
  }

  /** Creates the pod, works in it, and removes it: also where creating it was interrupted and may have come through. */
  async #withPod(): Promise<number> {
    const manifest = JSON.stringify(sessionPod(this.#pod, this.#given));
    const created = await this.#kubectl.quietly(['create', '-f', '-'], manifest);
    if (created.code !== 0 && this.#interrupted === undefined) {
      // It may be there all the same, where the connection was lost before the answer came.
      await this.#delete(this.#pod);
      return this.#failed(`the pod could not be created: ${printable(created.complaint)}`);
    }
    try {
      if (this.#interrupted !== undefined) return this.#interrupted;
      const ready = await this.#ready();
      if (this.#interrupted !== undefined) return this.#interrupted;
      if (ready !== undefined) return this.#failed(ready);
      const code = await this.#work();
      return this.#interrupted ?? code;
    } finally {
      await this.#remove(this.#pod);
    }
  }

  /** Waits until the pod runs; a sentence where it does not. */
  async #ready(): Promise<string | undefined> {
    const { node, waitSeconds } = this.#given;
    progress(`starting a pod on ${node} ...`);
    const waited = await this.#kubectl.quietly([
      'wait',
      '--for=condition=Ready',
      `pod/${this.#pod}`,
      `--timeout=${waitSeconds}s`,
    ]);
    progress('');
    if (waited.code === 0 || this.#interrupted !== undefined) return undefined;
    const why = await this.#kubectl.quietly(['get', 'pod', this.#pod, '-o', `jsonpath=${WHY_NOT}`]);
    const said = why.stdout.trim() === '' ? waited.complaint : why.stdout.trim();
    return `the pod did not start on ${node} within ${waitSeconds} s: ${printable(said)}`;
  }

  async #work(): Promise<number> {
    const { rest, allowDrop } = this.#given;
    const file = fileWanted(rest);
    const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && file === undefined;
    const command = [
      ...['exec', ...(interactive ? ['-it'] : ['-i']), this.#pod, '-c', CONTAINER, '--', ...IN_IMAGE],
      ...withRoot(file === undefined ? rest : file.rest, allowDrop),
    ];
    if (file === undefined) return this.#kubectl.inTerminal(command);
    const descriptor = newFile(file.path);
    try {
      const code = await this.#kubectl.inTerminal(command, descriptor);
      if (code === 0) process.stdout.write(`${file.path}\n`);
      else unlinkSync(file.path);
      return code;
    } finally {
      closeSync(descriptor);
    }
  }

  /** A pod on a node that there is not would be waited for in vain. Who may not look at nodes is not held up. */
  async #isNoNode(): Promise<boolean> {
    const looked = await this.#kubectl.quietly(['get', 'node', this.#given.node, '-o', 'name']);
    return looked.code !== 0 && looked.complaint.includes('(NotFound)');
  }

  /** Whether the node is sick was not heard where it is `check` that failed: 1 would say so. */
  #failed(message: string): number {
    printError(message);
    return this.#given.rest[0] === 'check' ? CHECK_EXIT.unknown : EXIT.failed;
  }

  /** A pod that outlived a plugin that was killed; it would end by its deadline. */
  async #offerLeftovers(): Promise<void> {
    const { node } = this.#given;
    const field = `--field-selector=spec.nodeName=${node}`;
    const found = await this.#kubectl.quietly(['get', 'pods', '-l', SELECTOR, field, '-o', 'name']);
    const pods = found.stdout.split('\n').filter((line) => /^pod\/slabtop-[a-z0-9-]+$/.test(line));
    if (found.code !== 0 || pods.length === 0) return;
    if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
      printError(`there is a pod of an earlier session on ${node}: ${pods.join(', ')}; it ends by its deadline`);
      return;
    }
    const ask = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await ask.question(`Another session runs on ${node}: ${pods.join(', ')}. Remove it? [y/N] `);
    ask.close();
    if (/^y(es)?$/i.test(answer.trim())) for (const pod of pods) await this.#remove(pod.slice('pod/'.length));
  }

  async #remove(pod: string): Promise<void> {
    const removed = await this.#delete(pod);
    if (removed.code === 0) return;
    printError(`the pod ${pod} could not be removed (${printable(removed.complaint)}): kubectl delete pod ${pod}`);
  }

  /** A second ^C of somebody in a hurry must not leave a privileged pod behind. */
  #delete(pod: string) {
    const args = ['delete', 'pod', pod, '--wait=false', '--ignore-not-found', '--request-timeout=30s'];
    return this.#kubectl.undisturbed(args);
  }
}

/** Why a container waits, or a pod was not taken: `ImagePullBackOff Back-off pulling image ...`. */
const WHY_NOT =
  '{.status.containerStatuses[*].state.waiting.reason} {.status.containerStatuses[*].state.waiting.message} {.status.reason} {.status.message}';

/** `-o FILE` of a snapshot is a file of this machine: the pod writes to its standard output instead. */
function fileWanted(rest: readonly string[]): { readonly path: string; readonly rest: readonly string[] } | undefined {
  if (rest[0] !== 'snapshot') return undefined;
  const at = rest.findIndex((word) => word === '-o' || word === '--output');
  const joined = rest.findIndex((word) => word.startsWith('--output='));
  if (joined !== -1) {
    const path = rest[joined]?.slice('--output='.length) ?? '';
    return path === '-' ? undefined : { path, rest: rest.with(joined, '--output=-') };
  }
  const path = rest[at + 1];
  if (at === -1 || path === undefined || path === '-') return undefined;
  return { path, rest: rest.with(at + 1, '-') };
}

/** The node's root in the pod; without --allow-drop nothing can be dropped. A command comes before its flags. */
function withRoot(rest: readonly string[], allowDrop: boolean): readonly string[] {
  const flags = ['--host-root', '/host', ...(allowDrop ? [] : ['--read-only'])];
  const [first] = rest;
  return first !== undefined && !first.startsWith('-') ? [first, ...flags, ...rest.slice(1)] : [...flags, ...rest];
}

/** A file that is not there yet, 0600. */
function newFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new WrongUsage(`-o ${path}: ${code === 'EEXIST' ? 'there is such a file already' : code}`);
  }
}

/** One line that the next one takes the place of; only where somebody looks. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function failed(message: string): number {
  printError(message);
  return EXIT.failed;
}
