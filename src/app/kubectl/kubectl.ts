import { type ChildProcess, spawn } from 'node:child_process';

/** How a run of kubectl ended. */
export interface KubectlRun {
  readonly code: number;
  readonly stdout: string;
  /** Its last line on standard error. */
  readonly complaint: string;
}

/** kubectl and the flags that say which cluster; one run at a time. */
export class Kubectl {
  readonly #program: string;
  readonly #flags: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  #running: ChildProcess | undefined;

  constructor(program: string, flags: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#program = program;
    this.#flags = flags;
    this.#environment = environment;
  }

  /** Runs it apart from the terminal. */
  quietly(args: readonly string[], input = ''): Promise<KubectlRun> {
    return this.#heard(this.#start(args, ['pipe', 'pipe', 'pipe']), input);
  }

  /** The same in a session of its own: no ^C, and no {@link interrupt}, ends what has to come through. */
  undisturbed(args: readonly string[]): Promise<KubectlRun> {
    const stdio = ['pipe', 'pipe', 'pipe'] as const;
    const options = { stdio: [...stdio], env: this.#environment, detached: true };
    return this.#heard(spawn(this.#program, [...this.#flags, ...args], options), '');
  }

  #heard(child: ChildProcess, input: string): Promise<KubectlRun> {
    return new Promise((settle) => {
      let [stdout, stderr] = ['', ''];
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(-4000);
      });
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
      const end = (code: number, complaint: string): void => settle({ code, stdout, complaint });
      child.on('error', (error) => end(127, error.message));
      child.on('close', (code) => end(code ?? 1, stderr.trim().split('\n').at(-1) ?? ''));
    });
  }

  /** Runs it with this terminal; standard output goes to a descriptor where one is given. */
  inTerminal(args: readonly string[], output: number | 'inherit' = 'inherit'): Promise<number> {
    return new Promise((settle) => {
      const child = this.#start(args, ['inherit', output, 'inherit']);
      child.on('error', () => settle(127));
      child.on('exit', (code, signal) => settle(code ?? (signal === null ? 1 : 130)));
    });
  }

  /** Ends what is running: the next thing to do is to clean up. */
  interrupt(): void {
    this.#running?.kill('SIGTERM');
  }

  #start(args: readonly string[], stdio: ('pipe' | 'inherit' | number)[]): ChildProcess {
    // A process group of its own would lose the terminal; so ^C reaches it too, and it ends by itself.
    const child = spawn(this.#program, [...this.#flags, ...args], { stdio, env: this.#environment });
    this.#running = child;
    child.once('exit', () => {
      if (this.#running === child) this.#running = undefined;
    });
    return child;
  }
}
