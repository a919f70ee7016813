import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { lineWidth, plain } from '../../../src/format/styled.ts';
import { deriveProfiled, type Profiled } from '../../../src/profile/profiled.ts';
import { type ProfileState, type ShownProfile, shownProfile } from '../../../src/views/capture-state.ts';
import { draw } from '../../../src/views/draw.ts';
import type { State } from '../../../src/views/state.ts';
import { update } from '../../../src/views/update.ts';
import { capturedProfile, madeProfile } from '../../support/profiles.ts';
import { frameText, observedMoment, press, screenOf } from '../../support/screen-state.ts';

process.env.TZ = 'UTC';

let incident: ReturnType<typeof observedMoment>;
let captured: Profiled;

beforeAll(() => {
  incident = observedMoment('incident');
  captured = profiledOf(capturedProfile());
});

function profiledOf(bytes: Uint8Array): Profiled {
  const profiled = deriveProfiled(bytes, 'kubelet.pb.gz');
  if (isMissing(profiled)) throw new Error(profiled.detail);
  return profiled;
}

function shown(size = { columns: 160, rows: 45 }, profile: ProfileState = shownProfile(captured)): State {
  const screen = update(screenOf(incident, { size }), { kind: 'profile', profile }).state;
  return press(screen, '5').state;
}

function profileIn({ profile }: State): ShownProfile {
  if (profile.kind !== 'taken') throw new Error(profile.kind);
  return profile;
}

/** The function under the cursor, as the status line names it. */
function under(state: State): string {
  const { profiled, cursor } = profileIn(state);
  return cursor === 0 ? 'all' : (profiled.tree.functions[profiled.tree.functionOf[cursor] ?? 0] ?? '');
}

describe('the captured profile', () => {
  test.each([
    [200, 60],
    [160, 45],
    [120, 40],
    [80, 24],
    [40, 10],
  ])('at %sx%s', async (columns, rows) => {
    const frame = draw(shown({ columns, rows }));
    expect(frame.lines).toHaveLength(rows);
    for (const line of frame.lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
    await expect(frameText(frame)).toMatchFileSnapshot(`../golden/profile-taken-${columns}x${rows}.txt`);
  });

  test('the answer stands on top, then what a profile hides', () => {
    const [, , first, , second] = shownLines(shown());
    expect(first).toBe('');
    const text = shownLines(shown()).join(' ').replace(/\s+/g, ' ');
    expect(text).toContain('57 % of samples are in cAdvisor housekeeping, 32 % in memory cgroup statistics');
    expect(text).toContain('23 % page counters, 2 % memory.numa_stat');
    expect(second).toContain('undercounts long system calls');
  });

  test('zooming in gives a frame the full width, Backspace goes back to where it was', () => {
    let state = shown();
    for (let steps = 0; steps < 3; steps += 1) state = press(state, 'down').state;
    const name = under(state);
    expect(name).not.toBe('all');
    const zoomed = press(state, 'enter').state;
    expect(profileIn(zoomed).zoom).toBe(profileIn(state).cursor);
    const row = draw(zoomed).lines.find((line) => line.length === 1 && plain(line).startsWith('>'));
    expect(lineWidth(row ?? [])).toBe(160);
    expect(frameText(draw(zoomed))).toContain('zoomed; Backspace: back');
    const back = press(zoomed, 'backspace').state;
    expect(under(back)).toBe(name);
    expect(profileIn(back).zoom).toBe(captured.tree.parent[profileIn(zoomed).zoom]);
    expect(profileIn(press(zoomed, 'escape').state).zoom).toBe(0);
  });

  test('the arrows go to callers, callees and neighbours, and never outside', () => {
    const root = shown();
    expect(under(press(root, 'up').state)).toBe('all');
    expect(under(press(root, 'left').state)).toBe('all');
    const first = press(root, 'down').state;
    expect(captured.tree.parent[profileIn(first).cursor]).toBe(0);
    const second = press(first, 'right').state;
    expect(captured.tree.parent[profileIn(second).cursor]).toBe(0);
    expect(under(second)).not.toBe(under(first));
    expect(under(press(second, 'left').state)).toBe(under(first));
    expect(under(press(second, 'up').state)).toBe('all');
    let state = root;
    for (let steps = 0; steps < 80; steps += 1) state = press(state, 'down').state;
    const deepest = profileIn(state).cursor;
    expect(captured.tree.childStart[deepest]).toBe(captured.tree.childStart[deepest + 1]);
    // What is below the screen is scrolled to.
    expect(shownLines(state).some((line) => line.includes('>'))).toBe(true);
  });

  test('a search tells its share once for every stack, and marks the frames', () => {
    const state = press(shown(), '/', ...'MemoryGroup', 'enter').state;
    expect(frameText(draw(state))).toContain('"MemoryGroup": 1 function, 31.9 % of samples');
    const marked = draw(state).lines.flatMap((line) =>
      line.filter(({ style }) => style.ink === 'magenta' && style.inverse),
    );
    expect(marked.length).toBeGreaterThan(0);
    expect(frameText(draw(press(state, 'escape').state))).not.toContain('"MemoryGroup"');
  });

  test('the table sorts, and Enter in it shows the function in the graph', () => {
    const table = press(shown(), 'o').state;
    const first = shownLines(table).findIndex((line) => line.includes('FUNCTION'));
    expect(shownLines(table)[first + 1]).toMatch(
      /140 ms +29\.8 % +140 ms +29\.8 % +runtime\/internal\/syscall\.Syscall6/,
    );
    const byCum = press(table, '>').state;
    expect(shownLines(byCum)[first + 1]).toMatch(/270 ms +57\.4 %/);
    const found = press(table, 'down', 'enter').state;
    expect(under(found)).toBe('runtime.epollctl');
    expect(profileIn(found).focus).toBe('flame');
  });

  test('all of it is ASCII where the terminal has no more', () => {
    const theme = { unicode: false, colour: true, graph: 'ascii' } as const;
    expect(frameText(draw({ ...shown(), theme }))).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

test('whatever is pressed at whatever size, nothing throws and every line fits', () => {
  const key = fc.constantFrom(
    'up',
    'down',
    'left',
    'right',
    'enter',
    'backspace',
    'escape',
    'o',
    '>',
    '<',
    'I',
    '/',
    'r',
    'G',
    'pagedown',
  );
  const size = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) });
  fc.assert(
    fc.property(fc.array(fc.oneof(key, size), { maxLength: 30 }), (steps) => {
      let state = shown();
      for (const step of steps) {
        state =
          typeof step === 'string' ? press(state, step).state : update(state, { kind: 'resize', size: step }).state;
        const { lines } = draw(state);
        expect(lines.length).toBeLessThanOrEqual(state.size.rows);
        for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(state.size.columns);
      }
    }),
    { numRuns: 60 },
  );
});

test('without a profile the exact command for this node is told', () => {
  const text = frameText(draw(shown(undefined, { kind: 'none' })));
  expect(text).toContain('/api/v1/nodes/node-sick/proxy/debug/pprof/profile?seconds=30');
  expect(text).toContain('slabtop-k8s --profile kubelet.pb.gz');
});

test('while it is taken a bar grows; where none could be had the way out is told', () => {
  const progress = { phase: 'profile', elapsedSeconds: 7, totalSeconds: 30, bytes: 0 } as const;
  const loading = shown(undefined, { kind: 'loading', origin: 'https://node:10250', progress });
  expect(frameText(draw(loading))).toMatch(/\[#+\.+\] 7 of 30 s/);
  const failed = shown(undefined, { kind: 'failed', reason: '401 from https://node: give --token-file' });
  expect(frameText(draw(failed))).toContain('no profile: 401 from https://node: give --token-file');
});

test('a profile of another program, and hostile names, say and do no more than they should', () => {
  const evil = 'main.\x1b[2J{red-fg}\u202ename';
  const other = profiledOf(madeProfile([[[evil, 'net/http.(*conn).serve'], 200]], { executable: `/bin/${evil}` }));
  const text = frameText(draw(shown(undefined, shownProfile(other)))).replaceAll('\n', '');
  expect(text).toContain('another program than kubelet');
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
});

function shownLines(state: State): string[] {
  return draw(state).lines.map(plain);
}
