import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { say } from '../../src/diagnosis/prose/say.ts';
import { PRINTER } from '../../src/format/printer.ts';
import { lineWidth } from '../../src/format/styled.ts';
import { draw } from '../../src/views/draw.ts';
import { COMMON_KEYS } from '../../src/views/keymap.ts';
import { PANES } from '../../src/views/panes.ts';
import type { State } from '../../src/views/state.ts';
import { shownTable } from '../../src/views/table-state.ts';
import { update } from '../../src/views/update.ts';
import { frameText, keyNamed, modelMessage, observedMoment, press, screenOf } from '../support/screen-state.ts';

let incident: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
});

const kinds = (effects: readonly { kind: string }[]) => effects.map(({ kind }) => kind);

describe('keys', () => {
  test.each(['q', 'f10', 'C-c'])('%s quits', (key) => {
    expect(press(screenOf(incident), key).effects).toEqual([{ kind: 'quit' }]);
  });

  test('digits, Tab and Shift-Tab go through the panes', () => {
    const screen = screenOf(incident);
    for (const { id, digit } of PANES) expect(press(screen, digit).state.pane).toBe(id);
    const ids = PANES.map((pane) => pane.id);
    expect(press(screen, 'tab').state.pane).toBe(ids[1]);
    expect(press(screen, 'S-tab').state.pane).toBe(ids.at(-1));
    expect(press(screen, ...ids.map(() => 'tab')).state.pane).toBe(ids[0]);
  });

  test('+ and - change the interval and say so to whoever samples', () => {
    expect(press(screenOf(incident), '+').effects).toEqual([{ kind: 'set-interval', seconds: 3 }]);
    const { state, effects } = press(screenOf(incident), '-', '-', '-', '-');
    expect(effects.at(-1)).toEqual({ kind: 'set-interval', seconds: 0.5 });
    expect(effects).toHaveLength(2);
    expect(state.intervalSeconds).toBe(0.5);
  });

  test('^L, ^Z and e are passed on', () => {
    expect(kinds(press(screenOf(incident), 'C-l', 'C-z', 'e').effects)).toEqual(['redraw', 'suspend', 'export']);
  });

  test('t times the root, or the row under the cursor', () => {
    expect(press(screenOf(incident), 't').effects).toEqual([{ kind: 'read', targets: [] }]);
    const kubepods = [{ path: '/kubepods', file: 'memory.stat' }];
    expect(press(screenOf(incident), 'down', 'down', 't').effects).toEqual([{ kind: 'read', targets: kubepods }]);
    expect(press(screenOf(incident), '3', 'T', 'down', 't').effects).toEqual([{ kind: 'read', targets: kubepods }]);
  });

  test('t while another instance probes says which, and reads nothing', () => {
    const { model } = incident;
    const locked = { ...model, probes: { ...model.probes, lock: { heldByPid: 4711 } } };
    const { state, effects } = press(screenOf({ ...incident, model: locked }), 't');
    expect(effects).toEqual([]);
    expect(state.notice?.text).toContain('4711');
  });

  test('every function key has another key beside it', () => {
    for (const { keys } of [...COMMON_KEYS, ...PANES.flatMap((pane) => pane.keys)]) {
      if (keys.some((key) => /^f\d/.test(key))) expect(keys.some((key) => !/^f\d/.test(key))).toBe(true);
    }
  });

  test('no key means two things in one pane', () => {
    for (const pane of PANES) {
      const common = COMMON_KEYS.filter(({ action }) => action !== 'left' && action !== 'right' && action !== 'open');
      const all = [...pane.keys, ...common].flatMap(({ keys }) => keys);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test('the help shows every key of the keymap', () => {
    for (const { digit, keys } of PANES) {
      const help = frameText(draw(press(screenOf(incident, { size: { columns: 160, rows: 60 } }), digit, '?').state));
      for (const { help: text } of [...COMMON_KEYS, ...keys]) expect(help).toContain(text);
    }
  });
});

describe('looking back', () => {
  test('stepping needs a pause, and asks for a moment', () => {
    const screen = screenOf(incident);
    const unpaused = press(screen, '[');
    expect(unpaused.effects).toEqual([]);
    expect(unpaused.state.notice?.text).toContain('Space');
    const { effects } = press(screen, 'space', '[', ']', '{', '}');
    expect(effects).toEqual([
      { kind: 'look', by: { steps: -1 } },
      { kind: 'look', by: { steps: 1 } },
      { kind: 'look', by: { seconds: -60 } },
      { kind: 'look', by: { seconds: 60 } },
    ]);
  });

  test('a pause keeps what is shown while models go on coming', () => {
    const paused = press(screenOf(incident), 'space').state;
    const { model, history } = incident;
    const host = { ...model.host, name: 'another-name' };
    const { at, monotonicSeconds } = model.instant;
    const instant = { at: at + 62_000, monotonicSeconds: monotonicSeconds + 62 };
    const later = update(paused, modelMessage({ ...model, instant, host }, history)).state;
    expect(frameText(draw(later))).toContain('node-sick');
    expect(frameText(draw(later))).toContain('PAUSED, 1 min 2 s back');
    expect(frameText(draw(press(later, 'space').state))).toContain('another-name');
  });

  test('the answer to a look is shown only while paused', () => {
    const { model, history } = incident;
    const { diagnosis } = modelMessage({ ...model, reads: [] }, history);
    const past = { model: { ...model, host: { ...model.host, name: 'past' } }, diagnosis };
    const paused = press(screenOf(incident), 'Z').state;
    const looked = frameText(draw(update(paused, { kind: 'past', moment: past }).state));
    expect(looked).toContain(' past ');
    expect(looked).toContain(say(diagnosis.headline, PRINTER));
    expect(looked).not.toContain('root read 3.66 s');
    const running = screenOf({ model, history });
    expect(update(running, { kind: 'past', moment: past }).state).toBe(running);
  });
});

describe('tables', () => {
  test("slabtop's letters sort the slabs, and mean what they always do elsewhere", () => {
    const sorts = Object.entries({
      a: 'active',
      b: 'objects-per-slab',
      c: 'size',
      l: 'slabs',
      n: 'name',
      o: 'objects',
    });
    for (const [letter, column] of sorts) {
      expect(shownTable(press(screenOf(incident), '2', letter).state).sort).toBe(column);
      expect(shownTable(press(screenOf(incident), '3', letter).state).sort).toBeUndefined();
    }
    expect(frameText(draw(press(screenOf(incident), '2', 'n').state))).toMatch(/Acpi-Namespace[\s\S]*dentry/);
  });

  test('> and < sort by the columns, I turns round', () => {
    const slabs = press(screenOf(incident), '2').state;
    expect(shownTable(press(slabs, '>').state).sort).toBe('growth');
    expect(shownTable(press(slabs, '<').state).sort).toBe('pages-per-slab');
    const [, , , , , , , head, first] = frameText(draw(press(slabs, 'n', 'I').state)).split('\n');
    expect(head).toContain('NAME');
    expect(first).toContain('vm_area_struct');
  });

  test('a filter is typed, kept by Enter and cleared by Escape', () => {
    const typing = press(screenOf(incident), '2', '/', 'd', 'e', 'n', 't').state;
    expect(draw(typing).cursor).toEqual({ column: 13, row: 44 });
    expect(frameText(draw(typing))).toContain('filter: dent');
    expect(frameText(draw(typing))).not.toContain('kmalloc');
    const kept = press(typing, 'backspace', 'enter').state;
    expect(kept.typingFilter).toBe(false);
    expect(shownTable(kept).filter).toBe('den');
    expect(press(kept, 'q').effects).toEqual([{ kind: 'quit' }]);
    expect(shownTable(press(kept, 'escape').state).filter).toBe('');
    expect(shownTable(press(typing, 'escape').state).filter).toBe('');
  });

  test('the cursor stays on a row that there is, and in sight', () => {
    const { state } = press(screenOf(incident, { size: { columns: 80, rows: 24 } }), '3', 'G');
    expect(shownTable(state).cursor).toBe(185);
    const filtered = press(state, '/', 'b', 'u', 'r', 's', 't', 'a', 'b', 'l', 'e', 'enter').state;
    expect(frameText(draw(filtered))).toContain('/kubepods/burstable');
    const { cursor = 0, top } = shownTable(filtered);
    expect(cursor).toBeGreaterThanOrEqual(top);
    expect(shownTable(press(filtered, 'g').state)).toMatchObject({ cursor: 0, top: 0 });
  });

  test('branches of the tree fold and unfold', () => {
    const tree = press(screenOf(incident), '3', 'T', 'down').state;
    expect(frameText(draw(tree))).toContain('burstable');
    const folded = press(tree, 'left').state;
    expect(frameText(draw(folded))).toContain('+ kubepods');
    expect(frameText(draw(folded))).not.toContain('    - besteffort');
    expect(frameText(draw(press(folded, 'right').state))).toContain('    - besteffort');
    expect(frameText(draw(press(folded, 'enter').state))).toContain('    - besteffort');
    expect(shownTable(press(folded, 'left').state).cursor).toBe(0);
  });
});

describe('zoom', () => {
  test('left and right choose the graph, z shows it alone and goes back', () => {
    const zoomed = press(screenOf(incident), 'right', 'right', 'z').state;
    const { chart, lines } = draw(zoomed);
    expect(chart?.series).toHaveLength(2);
    expect(chart?.firstRow).toBe(4);
    expect(lines[3]?.map((part) => part.text).join('')).toContain('slab (MiB)');
    expect(
      draw(press(zoomed, 'right').state)
        .lines[3]?.map((part) => part.text)
        .join(''),
    ).toContain('memory cgroups');
    expect(draw(press(zoomed, 'z').state).chart).toBeUndefined();
    expect(draw(press(zoomed, 'escape').state).chart).toBeUndefined();
  });

  test('the chart is the same object while time has not moved by a point', () => {
    const zoomed = press(screenOf(incident), 'z').state;
    expect(draw(zoomed).chart).toBe(draw(zoomed).chart);
  });

  test('without UTF-8 every line of the graph has a graph of its own below the others', () => {
    const theme = { unicode: false, colour: true, graph: 'ascii' } as const;
    const { chart, lines } = draw(press(screenOf(incident, { theme }), 'right', 'right', 'z').state);
    expect(chart).toBeUndefined();
    const text = frameText({ lines });
    expect(text).toMatch(/\n all\n[\s\S]*now\n reclaimable\n[\s\S]*now\n/);
    expect(text.match(/top 871 MiB/g)).toHaveLength(2);
  });

  test('a pane without a graph says so', () => {
    expect(press(screenOf(incident), '7', 'z').state.notice?.text).toContain('no graph');
  });
});

test('what was just done is said below, and goes when its time is over, models or not; the verdict stays', () => {
  let { state } = press(screenOf(incident), 't');
  const frame = () => frameText(draw(state)).trimEnd().split('\n');
  expect(frame().at(-1)).toBe(' timing a read of memory.stat of /');
  expect(frame()[1]).toContain('CRITICAL');
  const said = state.notice;
  for (let models = 0; models < 9; models += 1)
    state = update(state, modelMessage(incident.model, incident.history)).state;
  expect(frame().at(-1)).toBe(' timing a read of memory.stat of /');
  if (said === undefined) throw new Error('nothing was said');
  state = update(state, { kind: 'notice-over', notice: { ...said } }).state;
  expect(frame().at(-1), 'another notice is over').toBe(' timing a read of memory.stat of /');
  state = update(state, { kind: 'notice-over', notice: said }).state;
  expect(frame().at(-1)).toContain('1 Overview');
});

test('written files are said, and kept for the end', () => {
  const { state } = update(screenOf(incident), { kind: 'exported', path: '/root/a.md', at: 5 });
  expect(frameText(draw(state))).toContain('written: /root/a.md');
  expect(state.exported).toEqual([{ path: '/root/a.md', at: 5 }]);
});

test('a sampler process that is silent is named, until it is back', () => {
  const silent = update(screenOf(incident), { kind: 'sampler-silent', seconds: 12 }).state;
  expect(frameText(draw(silent))).toContain('SILENT for 12 s');
  expect(frameText(draw(update(silent, { kind: 'sampler-back' }).state))).not.toContain('SILENT');
});

test('whatever is pressed at whatever size, nothing throws and every line fits', () => {
  const ids = [...COMMON_KEYS, ...PANES.flatMap((pane) => pane.keys)].flatMap(({ keys }) => keys);
  const key = fc.constantFrom(...ids, '1', '2', '3', '4', '5', '6', '7', 'x', 'left', 'right', 'enter', 'backspace');
  const size = fc.record({ columns: fc.integer({ min: 1, max: 210 }), rows: fc.integer({ min: 1, max: 65 }) });
  const step = fc.oneof({ weight: 6, arbitrary: key }, { weight: 1, arbitrary: size });
  const start = screenOf(incident);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, unicode) => {
      let state: State = { ...start, theme: { unicode, colour: true, graph: unicode ? 'block' : 'ascii' } };
      for (const each of steps) {
        const message =
          typeof each === 'string'
            ? ({ kind: 'key', key: keyNamed(each) } as const)
            : ({ kind: 'resize', size: each } as const);
        state = update(state, message).state;
        const { lines, cursor } = draw(state);
        expect(lines.length).toBeLessThanOrEqual(state.size.rows);
        for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(state.size.columns);
        if (cursor !== undefined) {
          expect(cursor.column).toBeLessThan(state.size.columns);
          expect(cursor.row).toBeLessThan(state.size.rows);
        }
      }
    }),
    { numRuns: 60 },
  );
});

describe('y copies', () => {
  test('the command of a fix, which is shown from the first column on', () => {
    const { state, effects } = press(screenOf(incident, { size: { columns: 80, rows: 24 } }), '6', 'down', 'y');
    const [copy] = effects;
    expect(copy).toMatchObject({ kind: 'copy', text: expect.stringContaining('kubectl') });
    const lines = frameText(draw(state)).split('\n');
    const first = lines.findIndex((line) => line.startsWith('kubectl'));
    const shown = lines.slice(first, lines.indexOf('', first)).join('\n').replaceAll('\\\n', '');
    expect(shown).toBe(copy?.kind === 'copy' ? copy.text : '');
    expect(press(state, 'escape').state.dialog).toBeUndefined();
  });

  test('the full path of a cgroup', () => {
    const { effects } = press(screenOf(incident), '3', 'T', 'down', 'y');
    expect(effects).toEqual([{ kind: 'copy', text: '/sys/fs/cgroup/memory/kubepods' }]);
  });
});

describe('pasted text', () => {
  test('is no key: q among its letters does not quit', () => {
    const { state, effects } = update(screenOf(incident), { kind: 'paste', text: 'kubectl delete pod q\nD' });
    expect(effects).toEqual([]);
    expect(state.pane).toBe('overview');
    expect(state.dialog).toBeUndefined();
    expect(state.notice?.text).toBe('pasted text does nothing here');
  });

  test('is typed where a filter is typed', () => {
    const typing = press(screenOf(incident), '3', '/').state;
    expect(shownTable(update(typing, { kind: 'paste', text: 'shop/cart\nrm' }).state).filter).toBe('shop/cart');
  });

  test('is no confirmation of a drop', () => {
    const asked = press(screenOf(incident), 'D').state;
    expect(update(asked, { kind: 'paste', text: 'drop' }).state.dialog).toMatchObject({ word: '' });
  });
});

test('the title of the window has the verdict', () => {
  expect(draw(screenOf(incident)).title).toBe('CRITICAL node-sick - slabtop-k8s');
});
