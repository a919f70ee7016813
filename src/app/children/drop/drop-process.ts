import { dropCaches } from '../../../actions/drop-caches.ts';
import { errnoSentence, systemErrorSentence } from '../../../core/errno.ts';
import { systemClock } from '../../../host/live-host.ts';
import { OWN_DROPS_FILE } from '../../../samplers/own-drops.ts';
import type { NotWritten } from '../../base/own-file.ts';
import { forgetDrop, noteDrop } from './drop-notes.ts';
import type { DropMessage, DropOrder } from './protocol.ts';

/** The child that drops: one order, one answer. It outlives a screen that is left meanwhile. */
export function runDropProcess(): void {
  const say = (message: DropMessage) => {
    if (process.connected) process.send?.(message);
  };
  process.once('message', ({ origin, request }: DropOrder) => {
    const drop = { atEpochMs: systemClock.now(), mode: request.mode };
    const unnoted = noteDrop(origin, drop);
    say(
      unnoted === undefined
        ? { kind: 'noted', atEpochMs: drop.atEpochMs }
        : { kind: 'not-noted', why: whyNot(unnoted) },
    );
    try {
      const writeSeconds = dropCaches(origin, request, () => say({ kind: 'synced' }));
      say({ kind: 'done', writeSeconds });
    } catch (error) {
      if (unnoted === undefined) forgetDrop(origin, drop);
      say({
        kind: 'failed',
        message: systemErrorSentence(error) ?? (error instanceof Error ? error.message : String(error)),
      });
    }
    if (process.connected) process.disconnect();
  });
}

const WITHOUT_NOTE = "this drop is not noted: other instances will report it as another process's";

function whyNot(unnoted: NotWritten): string {
  const why = unnoted === 'not-ours' ? `${OWN_DROPS_FILE} is not of this program` : errnoSentence(unnoted.errno);
  return `${WITHOUT_NOTE}: ${why}`;
}
