import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../support/cleanup.ts';
import type { Plan } from '../plan.ts';
import { boot } from './boot.ts';
import { writeInitramfs } from './initramfs.ts';
import { unpackPackaged } from './packaged.ts';
import type { Parts } from './parts.ts';

/** What a step said, as `guest/tour.mjs` printed it. */
export type Said = ReturnType<typeof JSON.parse>;

/** On a loaded machine the longest plan takes ten minutes. */
const TIMEOUT_SECONDS = 800;

/** Boots a machine that does what `plan` says, and answers with what each step said, by its name. */
export async function tour(
  parts: Parts,
  plan: Plan,
  kernelArguments: readonly string[] = [],
): Promise<ReadonlyMap<string, Said>> {
  const folder = makeFolder(tmpdir(), 'kernels');
  try {
    const initramfs = join(folder.path, 'initramfs');
    const unpacked = join(folder.path, 'packaged');
    mkdirSync(unpacked);
    writeInitramfs(initramfs, parts, unpackPackaged(unpacked), plan);
    const consoleFile = join(folder.path, 'console');
    const said = await boot({ ...parts, initramfs, kernelArguments, consoleFile, timeoutSeconds: TIMEOUT_SECONDS });
    return byName(plan, said);
  } finally {
    folder.remove();
  }
}

function byName(plan: Plan, said: readonly Said[]): ReadonlyMap<string, Said> {
  const broken = said.find((each) => each.error !== undefined);
  if (broken !== undefined) throw new Error(`step ${broken.step} ${broken.name ?? ''}: ${broken.error}`);
  if (said.length !== plan.steps.length) throw new Error(`${said.length} of ${plan.steps.length} steps came back`);
  return new Map(said.filter(({ name }) => name !== undefined).map((each) => [each.name, each]));
}
