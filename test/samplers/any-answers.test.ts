import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reading } from '../../src/core/reading.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { encodeJson, printJson } from '../../src/exports/json.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { generateHost } from '../support/generated-host.ts';
import { leavesOf } from '../support/leaves.ts';
import { observeHost } from '../support/observe.ts';

const ERRNOS = ['ENOENT', 'EACCES', 'EPERM', 'ESRCH', 'EIO', 'ENODEV', 'ENOMEM', 'EINVAL', 'ELOOP'];
const PIECES = [
  '',
  '\n',
  ' ',
  '-1',
  '0',
  '9'.repeat(400),
  '18446744073709551615',
  '\u001b[31m',
  '\u0000',
  '../..',
  ')',
];

test('whatever a host answers, the whole pipeline gives a document of values and reasons', () => {
  const generated = generateHost({ live: 30, dying: 500, kubelet: { pid: 1342, threads: 3 } });
  const unified = generateHost({ live: 30, dying: 500, cgroup: 'v2', driver: 'systemd', processes: 3 });
  const hosts = [captured('incident'), generated.root, unified.root].map(openHost);
  fc.assert(
    fc.property(
      fc.constantFrom(...hosts),
      fc.integer({ min: 1 }),
      fc.constantFrom(1, 2, 5, 20, 100),
      (host, seed, often) => {
        const { model, observer } = observeHost(damaged(host, numbersFrom(seed), often), 3);
        const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
        const text = printJson(encodeJson({ model, diagnosis, toolVersion: '1.0.0' }, { cgroups: true }));
        const none = leavesOf(JSON.parse(text)).filter(({ value }) => value === null);
        expect(none.map(({ id }) => id)).toEqual([]);
        expect(text).not.toMatch(/\bNaN\b|undefined|\[object/);
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);

/** A host of whose answers every `often`-th is an errno, torn, written over, or out of order. Its time may go back. */
function damaged(host: Host, next: () => number, often: number): Host {
  const damage = (reading: Reading): Reading => {
    if (next() % often !== 0) return reading;
    const { question, path, cost } = reading;
    const rest = cost === undefined ? { question, path } : { question, path, cost };
    const text = 'text' in reading ? reading.text : '';
    const at = next() % (text.length + 1);
    switch (next() % 5) {
      case 0:
        return { ...rest, errno: ERRNOS[next() % ERRNOS.length] ?? 'EIO' };
      case 1:
        return { ...rest, text: text.slice(0, at) };
      case 2:
        return { ...rest, text: text.slice(0, at) + PIECES[next() % PIECES.length] + text.slice(at + (next() % 20)) };
      case 3:
        return { ...rest, text: text.split('\n').reverse().join('\n') };
      default:
        return { ...rest, text: PIECES[next() % PIECES.length] ?? '' };
    }
  };
  let seconds = 1000;
  return {
    origin: host.origin,
    clock: { now: () => 1_764_000_000_000 + seconds * 1000, monotonic: () => seconds },
    atTick: (tick) => {
      host.atTick(tick);
      seconds += next() % 10 === 0 ? -30 : next() % 15;
    },
    read: (path) => damage(host.read(path)),
    timed: (path) => damage(host.timed(path)),
    list: (path) => damage(host.list(path)),
    dirs: (path) => damage(host.dirs(path)),
    link: (path) => damage(host.link(path)),
    links: (path) => damage(host.links(path)),
    buildInfo: (path) => damage(host.buildInfo(path)),
    own: (path) => damage(host.own(path)),
  };
}

/** Numbers that look random and come again with the same seed (xorshift). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
