import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A process of a generated host. */
export interface GeneratedProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly threads: number;
  /** Targets of its descriptors, from 3 on. */
  readonly opened: readonly string[];
}

/** The files of a captured `/proc/PID`, as templates for others. */
export type ProcessTemplate = Readonly<Record<string, string>>;

/** Reads the first process below `proc`, of a capture the only one, and says its pid. */
export function readProcessTemplate(proc: string): { pid: number; files: ProcessTemplate } {
  const pid = readdirSync(proc).find((name) => /^\d+$/.test(name));
  if (pid === undefined) throw new Error(`no process below ${proc}`);
  const entries = readdirSync(join(proc, pid), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return {
    pid: Number(pid),
    files: Object.fromEntries(names.map((name) => [name, readFileSync(join(proc, pid, name), 'utf8')])),
  };
}

/** Writes `/proc/PID` of a process: the captured files under its own name and number, its threads and descriptors. */
export function writeProcess(proc: string, template: ProcessTemplate, process: GeneratedProcess): void {
  const folder = join(proc, String(process.pid));
  const comm = (process.argv[0] ?? '').replace(/^.*\//, '').slice(0, 15);
  const own: ProcessTemplate = {
    ...template,
    comm: `${comm}\n`,
    cmdline: `${process.argv.join('\0')}\0`,
    stat: statOf(template.stat ?? '', process.pid, comm, process.threads),
    status: (template.status ?? '')
      .replace(/^Name:.*$/m, `Name:\t${comm}`)
      .replace(/^(Tgid|Pid|NStgid|NSpid):.*$/gm, `$1:\t${process.pid}`)
      .replace(/^Threads:.*$/m, `Threads:\t${process.threads}`),
  };
  mkdirSync(folder);
  for (const [name, text] of Object.entries(own)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'fd'));
  process.opened.forEach((target, n) => {
    symlinkSync(target, join(folder, 'fd', String(n + 3)));
  });
  for (let thread = 0; thread < process.threads; thread += 1) {
    const task = join(folder, 'task', String(process.pid + thread));
    mkdirSync(task, { recursive: true });
    writeFileSync(join(task, 'stat'), statOf(template.stat ?? '', process.pid + thread, comm, process.threads));
    writeFileSync(join(task, 'comm'), `${comm}\n`);
    writeFileSync(join(task, 'schedstat'), template.schedstat ?? '');
  }
}

/** Fields 1, 2 and 20 of `stat`: number, name in brackets, threads. */
function statOf(template: string, pid: number, comm: string, threads: number): string {
  const fields = template.slice(template.lastIndexOf(')') + 2).split(' ');
  fields[17] = String(threads);
  return `${pid} (${comm}) ${fields.join(' ')}`;
}
