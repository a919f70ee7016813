import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateHost } from '../support/generated-host.ts';
import { leavesOf } from '../support/leaves.ts';
import type { Random } from './random.ts';

const run = promisify(execFile);

const STEPS = 12;
const LIVE = 40;
const DYING = 5000;

/** Paths that can be answered with an errno. */
const DENIED = [
  '/proc/slabinfo',
  '/proc/cgroups',
  '/proc/meminfo',
  '/proc/vmstat',
  '/proc/1342/fd',
  '/proc/1342/stat',
  '/proc/mounts',
  '/sys/fs/cgroup/memory',
  '/sys/fs/cgroup/memory/memory.stat',
  '/sys/fs/cgroup/memory/kubepods',
];
const ERRNOS = ['EACCES', 'EPERM', 'EIO', 'ENOENT', 'ESRCH', 'ENODEV', 'EOPNOTSUPP'];
const TORN = ['/proc/meminfo', '/proc/slabinfo', '/proc/cgroups', '/sys/fs/cgroup/memory/memory.stat'];

/**
 * A host whose clock goes back and forth by up to an hour, whose files are denied and torn at random, and which is
 * whole in its last step. Every report must be a document of known values and reasons. Answers what is wrong.
 */
export async function stepThroughTime(program: string, random: Random): Promise<string[]> {
  const host = generateHost({ live: LIVE, dying: DYING, kubelet: { pid: 1342, threads: 5 } });
  try {
    makeSteps(host.root, random);
    const { stdout } = await run(
      process.execPath,
      [program, '--host-root', host.root, '--batch', '--json', '-d', '0.2', '-n', String(STEPS + 3)],
      { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, timeout: 180_000 },
    );
    const documents = stdout.trim().split('\n');
    const wrong = documents.length === STEPS + 3 ? [] : [`${documents.length} reports for ${STEPS + 3}`];
    for (const [number, text] of documents.entries()) wrong.push(...wrongIn(JSON.parse(text), number));
    const last = JSON.parse(documents.at(-1) ?? '{}');
    if (last.memcg.live !== LIVE || last.memcg.dying !== DYING) {
      wrong.push(`after all steps: live ${JSON.stringify(last.memcg.live)}, dying ${JSON.stringify(last.memcg.dying)}`);
    }
    return wrong;
  } finally {
    host.remove();
  }
}

function makeSteps(root: string, random: Random): void {
  const declared = JSON.parse(readFileSync(join(root, 'host.json'), 'utf8'));
  const parts = readdirSync(root);
  let at = Date.parse('2026-11-23T12:00:00Z');
  for (let number = 1; number <= STEPS; number += 1) {
    const step = join(root, `step-${number}`);
    mkdirSync(step);
    for (const part of parts) cpSync(join(root, part), join(step, part), { recursive: true, verbatimSymlinks: true });
    const isLast = number === STEPS;
    at += (isLast ? 60 : random.int(-3600, 3600)) * 1000;
    const denied = isLast ? [] : random.shuffled(DENIED).slice(0, random.int(0, 5));
    const errors = Object.fromEntries(denied.map((path) => [path, random.pick(ERRNOS)]));
    writeFileSync(join(step, 'host.json'), JSON.stringify({ ...declared, at: new Date(at).toISOString(), errors }));
    if (isLast) continue;
    const torn = join(step, random.pick(TORN));
    truncateSync(torn, random.int(0, readFileSync(torn).length));
  }
}

/** JSON prints a number that is none as null; a share of CPU and a count below 0 are no numbers either. */
function wrongIn(document: unknown, number: number): string[] {
  return leavesOf(document).flatMap(({ id, value }) => {
    if (value === null) return [`report ${number}: ${id} is null`];
    const cannotBeNegative = /(?:Pct|live|dying|total|objects|Seconds|PerMinute)$/.test(id) && !/growth/i.test(id);
    return cannotBeNegative && typeof value === 'number' && value < 0 ? [`report ${number}: ${id} is ${value}`] : [];
  });
}
