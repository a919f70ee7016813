import { SEVERITY_NUMBER } from '../../core/severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { DROPS, FLEET_QUERIES, NODE_QUERIES, type Query } from './dashboard-queries.ts';

/** Where a panel stands on Grafana's grid of 24 columns. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface PanelSpec {
  readonly type: 'stat' | 'timeseries' | 'table' | 'state-timeline';
  readonly title: string;
  readonly query: Query;
  readonly at: Place;
  /** Grafana's name of the unit. */
  readonly unit?: string;
  /** Lines across the graph, or from where on a number is coloured. */
  readonly steps?: readonly { readonly color: string; readonly value: number | null }[];
}

/** Older ones do not know `state-timeline`. */
const SCHEMA_VERSION = 36;

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

const ROW_HEIGHT = 1;

/** One dashboard: the fleet on top, one node below. Import it and choose the Prometheus that scrapes the nodes. */
export function encodeGrafanaDashboard(thresholds: Thresholds, version: string): string {
  const panels = [
    row(1, 'Fleet', 0),
    ...FLEET_PANELS.map((spec, index) => panel(10 + index, spec)),
    row(2, 'Node $instance', 21),
    ...nodePanels(thresholds).map((spec, index) => panel(40 + index, spec)),
  ];
  const dashboard = {
    uid: 'slabtop-k8s',
    title: 'slabtop-k8s: dying memory cgroups',
    description: `Made by slabtop-k8s ${version}: slabtop-k8s print grafana-dashboard`,
    tags: ['kubernetes', 'kubelet', 'memory'],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: [datasourceVariable(), instanceVariable()] },
    annotations: { list: [dropAnnotation()] },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

const RED_FROM_ONE = [
  { color: 'green', value: null },
  { color: 'red', value: 1 },
] as const;

const YELLOW_FROM_ONE = [
  { color: 'green', value: null },
  { color: 'yellow', value: 1 },
] as const;

const FLEET_PANELS: readonly PanelSpec[] = [
  { type: 'stat', title: 'Critical', query: FLEET_QUERIES.critical, at: place(0, 1, 4, 4), steps: RED_FROM_ONE },
  { type: 'stat', title: 'Warning', query: FLEET_QUERIES.warning, at: place(4, 1, 4, 4), steps: YELLOW_FROM_ONE },
  { type: 'stat', title: 'Unknown', query: FLEET_QUERIES.unknown, at: place(8, 1, 4, 4), steps: YELLOW_FROM_ONE },
  { type: 'stat', title: 'Silent', query: FLEET_QUERIES.silent, at: place(12, 1, 4, 4), steps: YELLOW_FROM_ONE },
  { type: 'stat', title: 'OK', query: FLEET_QUERIES.healthy, at: place(16, 1, 8, 4) },
  { type: 'timeseries', title: 'Sick nodes', query: FLEET_QUERIES.sickOverTime, at: place(0, 5, 12, 8) },
  { type: 'timeseries', title: 'Dying in all', query: FLEET_QUERIES.dyingOverTime, at: place(12, 5, 12, 8) },
  { type: 'table', title: 'Slowest reads', query: FLEET_QUERIES.slowest, at: place(0, 13, 10, 8), unit: 's' },
  { type: 'table', title: 'Sick nodes by kernel', query: FLEET_QUERIES.byKernel, at: place(10, 13, 7, 8) },
  { type: 'table', title: 'Held by the dying', query: FLEET_QUERIES.culprits, at: place(17, 13, 7, 8), unit: 'bytes' },
];

function nodePanels(limits: Thresholds): readonly PanelSpec[] {
  const graph = 'timeseries' as const;
  const { kubelet, slab, memcgs, reads, held, caches, findings, missing } = NODE_QUERIES;
  return [
    { type: graph, title: 'kubelet CPU, cores', query: kubelet, at: place(0, 22, 12, 8), unit: 'percentunit' },
    { type: graph, title: 'Slab', query: slab, at: place(12, 22, 12, 8), unit: 'bytes' },
    {
      type: graph,
      title: 'Memory cgroups',
      query: memcgs,
      at: place(0, 30, 12, 8),
      steps: lines(limits.dyingWarning, limits.dyingCritical),
    },
    {
      type: graph,
      title: 'Reads of memory.stat and its kin',
      query: reads,
      at: place(12, 30, 12, 8),
      unit: 's',
      steps: lines(limits.readWarningSeconds, limits.readCriticalSeconds),
    },
    { type: graph, title: 'Held by the dying', query: held, at: place(0, 38, 12, 8), unit: 'bytes' },
    { type: graph, title: 'Largest slab caches', query: caches, at: place(12, 38, 12, 8), unit: 'bytes' },
    { type: 'state-timeline', title: 'Findings', query: findings, at: place(0, 46, 24, 12) },
    { type: 'table', title: 'Not known, and why', query: missing, at: place(0, 58, 24, 6) },
  ];
}

function lines(warning: number, critical: number): NonNullable<PanelSpec['steps']> {
  return [
    { color: 'green', value: null },
    { color: 'yellow', value: warning },
    { color: 'red', value: critical },
  ];
}

function place(x: number, y: number, w: number, h: number): Place {
  return { x, y, w, h };
}

function row(id: number, title: string, y: number): object {
  return { id, type: 'row', title, collapsed: false, gridPos: place(0, y, 24, ROW_HEIGHT), panels: [] };
}

function panel(id: number, { type, title, query, at, unit = 'short', steps }: PanelSpec): object {
  const isGraph = type === 'timeseries';
  return {
    id,
    type,
    title,
    gridPos: at,
    datasource: DATASOURCE,
    targets: [
      {
        refId: 'A',
        datasource: DATASOURCE,
        expr: query.expr,
        legendFormat: query.legend,
        ...(query.instant ? { instant: true, range: false } : { instant: false, range: true }),
        ...(type === 'table' ? { format: 'table' } : {}),
      },
    ],
    fieldConfig: {
      defaults: {
        unit,
        ...(steps === undefined ? {} : { thresholds: { mode: 'absolute', steps } }),
        ...(isGraph && steps !== undefined ? { custom: { thresholdsStyle: { mode: 'line' } } } : {}),
        ...(type === 'state-timeline' ? { mappings: [SEVERITY_WORDS], color: { mode: 'thresholds' } } : {}),
      },
      overrides: [],
    },
    options: {},
  };
}

const SEVERITY_COLOURS = { ok: 'green', info: 'blue', unknown: 'gray', warning: 'yellow', critical: 'red' } as const;

/** Words and colours in the place of the numbers of severities. */
const SEVERITY_WORDS = {
  type: 'value',
  options: Object.fromEntries(
    Object.entries(SEVERITY_COLOURS).map(([word, color]) => [
      SEVERITY_NUMBER[word as keyof typeof SEVERITY_COLOURS],
      { text: word, color },
    ]),
  ),
};

function datasourceVariable(): object {
  return { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' };
}

function instanceVariable(): object {
  const query = 'label_values(slabtop_node_info, instance)';
  return {
    name: 'instance',
    label: 'Node',
    type: 'query',
    datasource: DATASOURCE,
    definition: query,
    query: { query, refId: 'instance' },
    refresh: 2,
    sort: 1,
  };
}

function dropAnnotation(): object {
  return {
    name: 'caches dropped',
    datasource: DATASOURCE,
    enable: true,
    iconColor: 'purple',
    expr: DROPS,
    titleFormat: 'caches dropped',
    textFormat: '{{kind}}',
    step: '60s',
  };
}
