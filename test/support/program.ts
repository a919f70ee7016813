import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built program, as a user starts it. `npm test` builds it first. */
export const PROGRAM = fileURLToPath(new URL('../../bin/slabtop-k8s', import.meta.url));

/** Node's flags in the launcher of a checkout and of the npm package. */
export const NODE_FLAGS: readonly string[] =
  /^':' \/\/; exec node (.*) "\$0"/m.exec(readFileSync(PROGRAM, 'utf8'))?.[1]?.split(' ') ?? [];

/** How a run ended, and what it printed. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program without a terminal, with a small environment of its own, in a folder if one is given. */
export function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<Ran> {
  const { PATH } = process.env;
  return new Promise((settle) => {
    execFile(
      process.execPath,
      [PROGRAM, ...args],
      { env: { PATH, HOME: '/nonexistent', ...env }, cwd, maxBuffer: 64 * 1024 * 1024, timeout: 90_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        settle({ code, stdout, stderr });
      },
    );
  });
}

/** Runs it and parses the JSON document that it prints. */
export async function jsonOf(args: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
  const { code, stdout, stderr } = await runProgram([...args, '--json']);
  if (code !== 0) throw new Error(`code ${code}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
