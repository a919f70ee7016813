import { expect, test } from 'vitest';
import { missing } from '../../../src/core/missing.ts';
import type { FleetModel, FleetNode, NodeFacts } from '../../../src/fleet/model.ts';
import { plain } from '../../../src/format/styled.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { Series } from '../../../src/series/series.ts';
import { drawCommand } from '../../../src/views/draw-command.ts';
import { drawFleet } from '../../../src/views/fleet/draw.ts';
import type { FleetMessage } from '../../../src/views/fleet/message.ts';
import { nodeRows, wantedNodes } from '../../../src/views/fleet/rows.ts';
import { type FleetState, initialFleetState } from '../../../src/views/fleet/state.ts';
import { updateFleet } from '../../../src/views/fleet/update.ts';

const NOT_ASKED = missing('warming-up');

function nodeOf(name: string, more: Partial<FleetNode> = {}): FleetNode {
  return {
    ...{ key: name, labels: { instance: `${name}:10047`, node: name }, name, state: 'critical', facts: NOT_ASKED },
    ...{ worstReadSeconds: 3, dying: 20_000 },
    ...more,
  };
}

const FACTS: NodeFacts = {
  ...{ at: 0, nodename: 'own-name', kernel: '4.4.155', kubeletVersion: 'v1.27.3', rootReadSeconds: 3, live: 100 },
  ...{ dying: 20_000, growthPerHour: 100, secondsToCritical: 0, kubeletSystemPct: 90, slabBytes: 1e9, heldBytes: 6e8 },
  ...{ pinnedBy: 'slab', dropMode: 2, drops: 0, sampledAt: 0, trend: [] },
};

function modelOf(nodes: readonly FleetNode[], more: Partial<FleetModel> = {}): FleetModel {
  return {
    ...{ at: 0, engineAheadMs: 0, nodes, whole: true, kernels: [], rules: 'installed', warnings: [] },
    counts: { critical: nodes.length, warning: 0, unknown: 0, info: 0, ok: 0, silent: 0 },
    ...more,
  };
}

function screenOf(model: FleetModel, size = { columns: 100, rows: 12 }): FleetState {
  const theme = { unicode: true, colour: true, graph: 'braille' } as const;
  const look = { size, theme, intervalSeconds: 60, source: 'here', demo: false, now: 0, waveSize: 5 };
  return updateFleet(initialFleetState({ ...look, limits: DEFAULT_THRESHOLDS }), { kind: 'fleet', model }).state;
}

const press = (state: FleetState, name: string) =>
  updateFleet(state, { kind: 'key', key: { name, char: name, ctrl: false, shift: false } });
const take = (state: FleetState, message: FleetMessage) => updateFleet(state, message).state;
const textOf = (state: FleetState) =>
  drawFleet(state)
    .lines.map((line) => line.map(({ text }) => text).join(''))
    .join('\n');

const many = Array.from({ length: 40 }, (_, index) => nodeOf(`n${String(index).padStart(2, '0')}`));
const ASK_FACTS = { kind: 'ask', what: 'facts' };

test('no node is to be drained because nobody asked what pins its dying', () => {
  const { state, effects } = press(screenOf(modelOf(many)), 'w');
  expect(effects).toEqual([{ kind: 'ask', what: 'waves' }]);
  expect(state.dialog).toBeUndefined();
  const facts = new Map<string, NodeFacts>([
    ['n00', FACTS],
    ['n01', { ...FACTS, dropMode: 0, pinnedBy: 'tmpfs' }],
    ['n02', { ...FACTS, dropMode: 0, pinnedBy: missing('absent') }],
    ['n03', { ...FACTS, dropMode: missing('absent') }],
  ]);
  const asked = take(take(state, { kind: 'facts', facts }), { kind: 'waves' });
  if (asked.dialog?.kind !== 'commands') throw new Error('no waves');
  const { lines } = asked.dialog;
  expect(lines.filter((line) => line.startsWith('kubectl drain'))).toEqual([
    'kubectl drain n01 --ignore-daemonsets --delete-emptydir-data',
  ]);
  expect(lines).toContain('kubectl slabtop n00 --allow-drop    # then D, mode 2');
  // Cut behind the remark, the rest would be a command of its own.
  const small = drawCommand(
    { title: 'wave 1', lines: [lines.find((line) => line.includes('then D')) ?? ''], top: 0 },
    { columns: 24, rows: 12 },
  );
  const shown = small.lines.map((line) => plain(line).trimEnd());
  expect(shown).toContain('# then D, mode 2');
  expect(shown.filter((line) => line.startsWith('mode'))).toEqual([]);
  expect(lines.filter((line) => line.includes('is not known'))).toHaveLength(37);
});

test('rows that come into sight by another order, a larger window or a filter get their facts', () => {
  const state = screenOf(modelOf(many));
  expect(press(state, 'I').effects).toEqual([ASK_FACTS]);
  expect(updateFleet(state, { kind: 'resize', size: { columns: 100, rows: 30 } }).effects).toEqual([ASK_FACTS]);
  expect(press(press(press(state, '/').state, '3').state, '9').effects).toEqual([ASK_FACTS]);
  expect(press(state, 'end').effects).toEqual([ASK_FACTS]);
  expect(press(state, 'down').effects).toEqual([]);
});

test('an order by a number that only the facts have asks for those of every row', () => {
  let state = screenOf(modelOf(many));
  expect(wantedNodes(state).length).toBeLessThan(many.length);
  while (state.tables.nodes.sort !== 'slab') ({ state } = press(state, '>'));
  expect(wantedNodes(state)).toHaveLength(many.length);
  const facts = new Map([['n39', { ...FACTS, slabBytes: 9e9 }]]);
  expect(nodeRows(take(state, { kind: 'facts', facts }))[0]?.key).toBe('n39');
});

test('a command to be copied is one word of a shell for each name', () => {
  const { state } = press(screenOf(modelOf([nodeOf('a; reboot')])), 'y');
  if (state.dialog?.kind !== 'commands') throw new Error('no commands');
  for (const line of state.dialog.lines) expect(line.replaceAll(/'[^']*'/g, '')).not.toContain('reboot');
});

test('a target without a name of the node has the name that the node has for itself', () => {
  const address = '10.0.0.5:10047';
  const state = screenOf(modelOf([nodeOf(address, { labels: { instance: address } })]));
  const named = take(state, { kind: 'facts', facts: new Map([[address, FACTS]]) });
  expect(textOf(named)).toContain('own-name');
  expect(textOf(take(screenOf(modelOf([nodeOf('n0')])), { kind: 'facts', facts: new Map([['n0', FACTS]]) }))).toContain(
    'n0',
  );
});

test('on a small screen a node says what its rules say, and shows the graphs that there is room for', () => {
  const node = nodeOf('n0', { facts: FACTS });
  const graph = new Series(10);
  graph.push(0, 1);
  const graphs = { kubelet: graph, slab: graph, dying: graph, read: graph };
  const findings = [{ rule: 'slow-memory-stat', state: 'critical' }] as const;
  const detail = { key: 'n0', at: 0, spanSeconds: 3600, graphs, findings, missing: [] };
  for (const [size, titles] of [
    [{ columns: 60, rows: 15 }, ['dying memory cgroups']],
    [{ columns: 80, rows: 24 }, ['kubelet system CPU', 'dying memory cgroups', 'root read']],
    [{ columns: 160, rows: 45 }, ['kubelet system CPU', 'slab', 'dying memory cgroups', 'root read']],
  ] as const) {
    const text = textOf(take(press(screenOf(modelOf([node]), size), 'enter').state, { kind: 'detail', detail }));
    expect(text, `${size.columns}`).toContain('slow-memory-stat');
    for (const title of titles) expect(text, `${size.columns}`).toContain(title);
  }
});

test('an engine whose clock differs is said', () => {
  expect(textOf(screenOf(modelOf(many, { engineAheadMs: 7_200_000 })))).toContain("engine's clock is 2 h ahead");
  expect(textOf(screenOf(modelOf(many, { engineAheadMs: -7_200_000 })))).toContain("engine's clock is 2 h behind");
});
