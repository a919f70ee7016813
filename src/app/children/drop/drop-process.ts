import { dropCaches } from '../../../actions/drop-caches.ts';
import { systemErrorSentence } from '../../../core/errno.ts';
import { systemClock } from '../../../host/live-host.ts';
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
