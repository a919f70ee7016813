import { expect, test } from 'vitest';
import { DropFollower } from '../../../../src/app/children/drop/drop-follower.ts';
import type { SamplerCommand } from '../../../../src/app/children/sampler/protocol.ts';
import { missing } from '../../../../src/core/missing.ts';
import type { Drop, DropNumbers } from '../../../../src/model/drop.ts';
import { aNode, aRead, MISSING } from '../../../diagnosis/a-node.ts';

const NUMBERS: DropNumbers = {
  at: 30_000,
  slabBytes: 1,
  dentries: 1,
  dying: 1,
  heldKmemBytes: 1,
  rootReadSeconds: MISSING,
  kubeletSystemPct: MISSING,
};

const DONE: Drop = {
  id: 'one',
  request: { mode: 2, sync: false },
  startedAt: 0,
  startedMonotonicSeconds: 0,
  phase: 'done',
  rehearsal: false,
  doneAt: 0,
  writeSeconds: 0,
  before: NUMBERS,
  after: missing('warming-up'),
  minuteAfter: missing('warming-up'),
};

const root = { path: '/', file: 'memory.stat' };

/** What is asked for when these moments of a drop pass. */
function asked(...moments: readonly { readonly seconds: number; readonly drop?: Partial<Drop> }[]) {
  const commands: (Exclude<SamplerCommand, { kind: 'start' }> | 'then')[] = [];
  const follower = new DropFollower((command) => commands.push(command));
  for (const { seconds, drop } of moments) {
    const reads = [
      aRead(3, { beforeDrop: true }),
      aRead(2, { path: '/kubepods', beforeDrop: true }),
      aRead(0.001, { path: '/kubepods/quick', beforeDrop: true }),
      aRead(2, { path: '/kubepods/since' }),
    ];
    const instant = { at: seconds * 1000, monotonicSeconds: seconds };
    follower.take({ ...aNode(), instant, reads, drops: [{ ...DONE, ...drop }] });
    commands.push('then');
  }
  return commands;
}

test('the counts and the root while they move, once for each moment', () => {
  expect(asked({ seconds: 0.5 }, { seconds: 1 }, { seconds: 1.5 }, { seconds: 11 })).toEqual([
    'then',
    { kind: 'hurry' },
    'then',
    'then',
    { kind: 'hurry' },
    { kind: 'read', targets: [root] },
    'then',
  ]);
});

test('what was slow before is read again once the counts stand still, and the root a minute later', () => {
  const still = { after: NUMBERS };
  const later = { ...still, minuteAfter: NUMBERS };
  const moments = [
    { seconds: 0, drop: still },
    { seconds: 1, drop: still },
    { seconds: 61, drop: later },
  ];
  expect(asked(...moments)).toEqual([
    { kind: 'hurry', kinds: true },
    { kind: 'read', targets: [root, { path: '/kubepods', file: 'memory.stat' }] },
    'then',
    'then',
    { kind: 'hurry' },
    { kind: 'read', targets: [root] },
    'then',
  ]);
});

test('a rehearsal, a drop that failed and one that is not over are not followed', () => {
  const none = [{ rehearsal: true }, { phase: 'failed' as const }, { phase: 'dropping' as const }];
  for (const drop of none) expect(asked({ seconds: 20, drop })).toEqual(['then']);
});
