import { beforeAll, describe, expect, test } from 'vitest';
import { missing } from '../../../src/core/missing.ts';
import { lineWidth } from '../../../src/format/styled.ts';
import type { KubeletModel, Model, SyscallRow } from '../../../src/model/model.ts';
import { NO_TRACE, type TraceState } from '../../../src/views/capture-state.ts';
import { draw } from '../../../src/views/draw.ts';
import type { State } from '../../../src/views/state.ts';
import { update } from '../../../src/views/update.ts';
import { capturedTrace } from '../../support/captured-trace.ts';
import { frameText, modelMessage, observedMoment, press, screenOf } from '../../support/screen-state.ts';

process.env.TZ = 'UTC';

let incident: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
});

const NOTHING = missing('absent');

const SYSCALLS: readonly SyscallRow[] = [
  {
    kind: 'call',
    name: 'futex',
    looks: 700,
    looksPct: 70,
    threads: 12,
    waits: true,
    systemPct: NOTHING,
    wchans: [{ name: 'futex_wait_queue', looksPct: 70 }],
  },
  { kind: 'running', name: 'running', looks: 200, looksPct: 20, threads: 2, waits: false, systemPct: 99, wchans: [] },
  {
    kind: 'call',
    name: 'epoll_pwait',
    looks: 100,
    looksPct: 10,
    threads: 1,
    waits: true,
    systemPct: NOTHING,
    wchans: [],
  },
];

/** A kubelet that never was: the captured machine has none. */
const KUBELET: KubeletModel = {
  pid: 1342,
  startTicks: 77,
  found: 'kubelet',
  command: '/usr/bin/kubelet',
  version: '1.20.2',
  housekeepingSeconds: 10,
  cpuPct: 101.3,
  userPct: 12.1,
  systemPct: 89.2,
  threads: 14,
  uptimeSeconds: 86_400,
  rssBytes: 90_000_000,
  contextSwitchesPerSecond: 1_200,
  others: [],
  readBytesPerSecond: 10_000,
  readCallsPerSecond: 50,
  threadRows: [],
  heldFiles: [],
  fileLooks: 30,
  syscallRows: SYSCALLS,
};

function live(options: Parameters<typeof screenOf>[1] = {}): State {
  const model: Model = { ...incident.model, kubelet: KUBELET };
  return screenOf({ model, history: incident.history }, { origin: 'live', ...options });
}

function told(state: State, trace: Partial<TraceState>): State {
  return update(state, { kind: 'trace', trace: { ...state.trace, ...trace } }).state;
}

describe('the calls that threads are in, without strace', () => {
  test.each([
    [160, 45],
    [80, 24],
  ])('at %sx%s they stand in the Kubelet pane', (columns, rows) => {
    const text = frameText(draw(press(live({ size: { columns, rows } }), '4').state));
    expect(text).toContain('STATE');
    expect(text).toMatch(/70 % +12 +futex/);
    expect(text).toMatch(/20 % +2 +running/);
  });

  test('where they may not be read the reason stands in their place', () => {
    const state = live();
    const kubelet = { ...KUBELET, syscallRows: missing('denied', '/proc/1342/task/1342/syscall: EACCES') };
    const model = { ...incident.model, kubelet };
    const next = update(state, modelMessage(model, incident.history)).state;
    expect(frameText(draw(press(next, '4').state))).toContain('denied: /proc/1342/task/1342/syscall: EACCES');
  });
});

describe('strace on a key', () => {
  test('asks first, says what it costs, and begins on Cancel', async () => {
    const asked = press(live(), '4', 's');
    expect(asked.effects).toEqual([]);
    await expect(frameText(draw(asked.state))).toMatchFileSnapshot('../golden/trace-ask-160x45.txt');
    const cancelled = press(asked.state, 'enter');
    expect(cancelled).toMatchObject({ effects: [], state: { dialog: undefined } });
    expect(press(asked.state, 'escape').state.dialog).toBeUndefined();
    expect(frameText(draw(press(live({ size: { columns: 80, rows: 24 } }), '4', 's').state))).toContain('[ Cancel ]');
    expect(frameText(draw(press(live({ size: { columns: 40, rows: 10 } }), '4', 's').state))).toContain('[ Cancel ]');
  });

  test('runs on that kubelet, shows a bar, and Esc cancels it', () => {
    const begun = press(live(), '4', 's', 'tab', 'enter');
    expect(begun.effects).toEqual([{ kind: 'trace', pid: 1342, startTicks: 77, seconds: 5 }]);
    const progress = { phase: 'summary', elapsedSeconds: 2, totalSeconds: 5, bytes: 0 } as const;
    const running = told(begun.state, { running: { pid: 1342, progress, ending: false } });
    expect(frameText(draw(running))).toMatch(/\[#+\.+\] 2 of 5 s/);
    const cancelled = press(running, 'escape');
    expect(cancelled.effects).toEqual([{ kind: 'cancel-trace' }]);
    expect(frameText(draw(cancelled.state))).toContain('kubelet is let go of');
    const over = told(cancelled.state, { running: undefined, failed: 'Cancelled; nothing was left running.' });
    expect(frameText(draw(over))).toContain('Cancelled; nothing was left running.');
    expect(press(over, 'escape').state.dialog).toBeUndefined();
  });

  test('can be hidden; its end is told wherever one is, and the key shows it again', () => {
    const hidden = press(press(live(), '4', 's', 'tab', 'enter').state, 'enter', '2').state;
    expect(hidden.dialog).toBeUndefined();
    expect(press(hidden, '4', 's').state.dialog).toEqual({ kind: 'trace-watch' });
    const over = told(hidden, { running: undefined, result: capturedTrace() });
    expect(over.pane).toBe('slabs');
    expect(frameText(draw(over))).toContain('strace is done: 4, then v');
    expect(press(over, '4', 'v').state.pane).toBe('trace');
  });

  test('a fixture, a replay and a node without kubelet say why there is none', () => {
    expect(frameText(draw(press(live({ origin: 'fixture' }), '4', 's').state))).toContain('this is a fixture');
    expect(frameText(draw(press(screenOf(incident, { origin: 'live' }), '4', 's').state))).toContain('no kubelet');
    const asked = press(live({ origin: 'fixture' }), '4', 's', 'tab', 'enter');
    expect(asked.effects).toEqual([]);
  });
});

describe('what strace saw', () => {
  const watched = (size = { columns: 160, rows: 45 }) =>
    told(press(live({ size }), '4', 's', 'tab', 'enter').state, { running: undefined, result: capturedTrace() });

  test.each([
    [160, 45],
    [80, 24],
    [40, 10],
  ])('at %sx%s', async (columns, rows) => {
    const state = watched({ columns, rows });
    expect(state).toMatchObject({ pane: 'trace', dialog: undefined });
    const frame = draw(state);
    expect(frame.lines).toHaveLength(rows);
    for (const line of frame.lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
    await expect(frameText(frame)).toMatchFileSnapshot(`../golden/trace-${columns}x${rows}.txt`);
  });

  test('ETIMEDOUT is explained, and how much of the time is waiting', () => {
    const text = frameText(draw(watched())).replace(/\s+/g, ' ');
    expect(text).toContain('17 of 55 futex waits ended with ETIMEDOUT: timers of the Go runtime');
    expect(text).toContain('82.1 % was waiting');
    expect(text).toContain('memory.stat: opened 13 times');
  });

  test('it sorts and filters like every table, and v goes back to the threads', () => {
    const state = watched();
    const calls = (of: State) =>
      frameText(draw(of))
        .split('\n')
        .filter((line) => /^[ >] *\d+\.\d % +\d.* [mu]?s +/.test(line))
        .map((line) => line.split(/ +/).at(-1));
    expect(calls(state).slice(0, 3)).toEqual(['futex', 'nanosleep', 'epoll_pwait']);
    expect(calls(press(state, '>', '>', '>').state).slice(0, 2)).toEqual(['read', 'epoll_pwait']);
    expect(calls(press(state, '>', '>', '>', '>').state)[0]).toBe('newfstatat');
    const filtered = calls(press(state, '/', ...'read', 'enter').state);
    expect(filtered.length).toBeGreaterThan(1);
    for (const call of filtered) expect(call).toContain('read');
    expect(press(state, 'v').state.pane).toBe('kubelet');
    expect(frameText(draw(state))).toContain('4 Kubelet');
  });

  test('a table that was lost and a trace that was cut say so', () => {
    const summary = missing('failed', 'strace had to be ended by force');
    const state = told(live(), { ...NO_TRACE, result: { ...capturedTrace(100_000), summary } });
    const text = frameText(draw(press(state, '4', 'v').state)).replace(/\s+/g, ' ');
    expect(text).toContain('no table of calls: failed: strace had to be ended by force');
    expect(text).toContain('MB of the trace were read');
  });
});
