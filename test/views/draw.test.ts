import { beforeAll, describe, expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { lineWidth, plain } from '../../src/format/styled.ts';
import { History } from '../../src/model/history.ts';
import { draw } from '../../src/views/draw.ts';
import { PANES } from '../../src/views/panes.ts';
import { initialState } from '../../src/views/state.ts';
import { update } from '../../src/views/update.ts';
import { frameText, observedMoment, press, screenOf } from '../support/screen-state.ts';

process.env.TZ = 'UTC';

const SIZES = [
  [200, 60],
  [160, 45],
  [120, 40],
  [80, 24],
  [40, 10],
  [20, 5],
] as const;

let incident: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
});

describe('the captured incident in every pane and size', () => {
  for (const { id, digit } of PANES) {
    for (const [columns, rows] of SIZES) {
      test(`${id} at ${columns}x${rows}`, async () => {
        const frame = draw(press(screenOf(incident, { size: { columns, rows } }), digit).state);
        expect(frame.lines).toHaveLength(rows);
        for (const line of frame.lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
        await expect(frameText(frame)).toMatchFileSnapshot(`golden/${id}-${columns}x${rows}.txt`);
      });
    }
  }
});

test('dialogs and the help', async () => {
  const screen = screenOf(incident);
  await expect(frameText(draw(press(screen, '?').state))).toMatchFileSnapshot('golden/help-160x45.txt');
  await expect(frameText(draw(press(screen, 'D').state))).toMatchFileSnapshot('golden/drop-160x45.txt');
  const small = screenOf(incident, { size: { columns: 80, rows: 24 } });
  await expect(frameText(draw(press(small, 'D').state))).toMatchFileSnapshot('golden/drop-80x24.txt');
});

test('without UTF-8 every character is ASCII', () => {
  const screen = screenOf(incident, { theme: { unicode: false, colour: true, graph: 'ascii' } });
  for (const { digit } of PANES) {
    for (const keys of [[digit], [digit, 'z'], [digit, '?'], [digit, 'D']]) {
      const frame = draw(press(screen, ...keys).state);
      expect(frameText(frame)).toMatch(/^[\x20-\x7e\n]*$/);
      expect(frame.chart).toBeUndefined();
    }
  }
});

test('the incident says how bad it is in a word, a number and a colour', () => {
  const [, verdict] = draw(screenOf(incident)).lines;
  expect(plain(verdict ?? [])).toContain(
    'CRITICAL  19,896 dying memory cgroups make memory.stat slow: root read 3.66 s',
  );
  expect(verdict?.[0]?.style).toMatchObject({ ink: 'red', inverse: true });
});

test('what is missing says why in its place', () => {
  const cgroups = missing('denied', '/sys/fs/cgroup/memory: EACCES');
  const model = {
    ...incident.model,
    memcg: { ...incident.model.memcg, dying: missing('denied'), cgroups },
    slab: { ...incident.model.slab, caches: missing('denied', '/proc/slabinfo: EACCES') },
  };
  const screen = screenOf({ ...incident, model });
  expect(frameText(draw(screen))).toContain('denied: /proc/slabinfo: EACCES');
  expect(frameText(draw(press(screen, '2').state))).toContain('denied: /proc/slabinfo: EACCES');
  expect(frameText(draw(press(screen, '3').state))).toContain('denied: /sys/fs/cgroup/memory: EACCES');
});

test('a read in flight shows its time so far, growing each second', () => {
  const { model } = incident;
  const since = { ...model.instant, monotonicSeconds: model.instant.monotonicSeconds - 3 };
  const inFlight = { topic: 'statReads', what: '/ memory.stat', path: '/', file: 'memory.stat', since } as const;
  const reading = { ...model, reads: [], probes: { ...model.probes, inFlight } };
  const screen = screenOf({ ...incident, model: reading });
  expect(frameText(draw(screen))).toContain('reading / memory.stat: 3.00 s so far');
  const later = update(screen, { kind: 'clock', sinceModelSeconds: 2 }).state;
  expect(frameText(draw(later))).toContain('reading / memory.stat: 5.00 s so far');
  expect(plain(draw(screen).lines[1] ?? [])).toContain('CRITICAL  19,896 dying memory cgroups make memory.stat slow');
});

test('a read that is old says so beside its cgroup', () => {
  const { model } = incident;
  const minutesOld = (minutes: number) => ({
    ...model,
    reads: model.reads.map((read) => ({ ...read, at: model.instant.at - minutes * 60_000 })),
  });
  const cgroups = (of: typeof model) => frameText(draw(press(screenOf({ ...incident, model: of }), '3').state));
  expect(cgroups(minutesOld(0))).toMatch(/ 3\.66 s(?! \()/);
  expect(cgroups(minutesOld(4))).toContain('3.66 s (4 min)');
});

test('the instance that holds the lock is named', () => {
  const { model } = incident;
  const locked = { ...model, probes: { ...model.probes, lock: { heldByPid: 4711 } } };
  expect(frameText(draw(screenOf({ ...incident, model: locked })))).toContain('process 4711 probes here');
});

test('where another instance reads, "no read has been timed yet" is not said of reads that are too old to count', () => {
  const { model } = incident;
  const locked = { ...model, reads: [], probes: { ...model.probes, lock: { heldByPid: 4711 } } };
  const text = frameText(draw(screenOf({ ...incident, model: locked })));
  expect(text).toContain('process 4711 probes here: none of its reads is recent');
  expect(text).not.toContain('no read has been timed yet');
});

test('a drop is a mark through every graph, and an event', () => {
  const { model, history } = observedMoment('incident');
  const now = model.instant.monotonicSeconds;
  for (let at = now - 3600; at < now; at += 10) history.of('slab.totalBytes').push(at, 1e9);
  const filled = new History();
  for (let at = now - 3600; at <= now; at += 10) {
    for (const field of ['slab.totalBytes', 'memcg.total', 'reads.root.wallSeconds', 'node.busyPct'] as const) {
      filled.of(field).push(at, 5);
    }
  }
  const dropped = {
    kind: 'drop-by-other',
    slabDrops: 1,
    pageCacheDrops: 0,
    at: model.instant.at - 1_200_000,
    monotonicSeconds: now - 1200,
  } as const;
  const text = frameText(draw(screenOf({ model: { ...model, events: [dropped] }, history: filled })));
  const marked = text.split('\n').filter((line) => line.includes('┊'));
  for (const line of marked) expect(line.match(/┊/g)).toHaveLength(2);
  // Both rows of boxes have them, in the graphs and on the axes.
  expect(marked).toHaveLength(14);
  expect(text.match(/┊ 13:43 caches dropped/g)).toHaveLength(4);
  expect(text).toContain('13:43:22  caches dropped by another process: dentries and inodes once');
});

test('names from the node cannot do anything to the terminal', () => {
  const { model } = incident;
  const evil = '\x1b[2J{red-fg}\u202e\nname';
  const caches = [{ ...CACHE, name: evil }];
  const events = [{ kind: 'export', path: `/tmp/${evil}`, ...model.instant } as const];
  const host = { ...model.host, name: evil };
  const screen = screenOf({ ...incident, model: { ...model, host, events, slab: { ...model.slab, caches } } });
  for (const { digit } of PANES) {
    const text = frameText(draw(press(screen, digit).state)).replaceAll('\n', '');
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  }
});

const CACHE = {
  activeObjects: 1,
  objects: 2,
  objectBytes: 64,
  objectsPerSlab: 64,
  pagesPerSlab: 1,
  activeSlabs: 1,
  slabs: 1,
  sizeBytes: 4096,
  usePct: 50,
  growthBytesPerSecond: 0,
};

test('before the first model the screen says what it waits for', () => {
  const state = initialState({
    size: { columns: 80, rows: 24 },
    theme: { unicode: true, colour: true, graph: 'braille' },
    intervalSeconds: 2,
    dropping: { kind: 'allowed' },
    origin: 'live',
  });
  expect(frameText(draw(state))).toContain('waiting for the first sample');
});

test('a frame of the same state is made of the same lines of graphs', () => {
  const screen = screenOf(incident);
  const [first, second] = [draw(screen), draw(screen)];
  const runs = first.lines.flatMap((line) => line.filter((part) => part.text.includes('⢸')));
  expect(runs.length).toBeGreaterThan(0);
  const again = new Set(second.lines.flat());
  for (const part of runs) expect(again.has(part)).toBe(true);
});
