import { isMissing } from '../../../core/missing.ts';
import type { Drop } from '../../../model/drop.ts';
import { isSlowRead } from '../../../model/last-drop.ts';
import type { Model, ReadModel } from '../../../model/model.ts';
import type { StatTarget } from '../../../samplers/stat-reads.ts';
import type { SamplerCommand as AnyCommand } from '../sampler/protocol.ts';

type SamplerCommand = Exclude<AnyCommand, { kind: 'start' }>;

/** Until the counts stand still: when the live cgroups are counted and the root is timed again, after the write. */
const COUNT_AFTER_SECONDS = [1, 5, 12, 25, 45, 90, 150, 210, 270];
const READ_AFTER_SECONDS = [2, 10, 30, 60, 120, 240];

/** As many are read again at once. */
const MOST_READS = 8;

const ROOT_STAT: StatTarget = { path: '/', file: 'memory.stat' };

/**
 * Asks for what the proof of a drop needs: counts and reads of the root while they move, everything that was slow before
 * once they stand still, and the root a minute later. These reads were asked for with the drop.
 */
export class DropFollower {
  readonly #send: (command: SamplerCommand) => void;
  readonly #asked = new Map<string, number>();

  constructor(send: (command: SamplerCommand) => void) {
    this.#send = send;
  }

  /** Takes the model of a tick. */
  take(model: Model): void {
    for (const drop of model.drops) if (drop.phase === 'done' && !drop.rehearsal) this.#follow(drop, model);
  }

  #follow(drop: Drop, model: Model): void {
    const { id, doneAt, after, minuteAfter } = drop;
    if (isMissing(doneAt)) return;
    const hurry = { kind: 'hurry' } as const;
    const read = (targets: readonly StatTarget[]): SamplerCommand => ({ kind: 'read', targets: [...targets] });
    if (!isMissing(minuteAfter)) {
      this.#once(`${id} later`, 1, [hurry, read([ROOT_STAT])]);
      return;
    }
    if (!isMissing(after)) {
      this.#once(`${id} after`, 1, [{ ...hurry, kinds: true }, read(slowBefore(model))]);
      return;
    }
    const passed = (moments: readonly number[]) =>
      moments.filter((seconds) => (model.instant.at - doneAt) / 1000 >= seconds).length;
    this.#once(`${id} count`, passed(COUNT_AFTER_SECONDS), [hurry]);
    this.#once(`${id} read`, passed(READ_AFTER_SECONDS), [read([ROOT_STAT])]);
  }

  /** Asks once for each of the moments that have passed; for those that passed together only once. */
  #once(what: string, passed: number, commands: readonly SamplerCommand[]): void {
    if (passed <= (this.#asked.get(what) ?? 0)) return;
    this.#asked.set(what, passed);
    for (const command of commands) this.#send(command);
  }
}

/** The root, and whatever was slow when it was read last. */
function slowBefore({ reads }: Model): readonly StatTarget[] {
  const slow = reads.filter((read) => read.beforeDrop && isSlowRead(read) && !isRoot(read)).slice(0, MOST_READS);
  return [ROOT_STAT, ...slow.map(({ path, file }) => ({ path, file }))];
}

function isRoot({ path, file }: ReadModel): boolean {
  return path === ROOT_STAT.path && file === ROOT_STAT.file;
}
