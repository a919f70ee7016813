import { isKnown, isMissing, knownOr, type Maybe, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { Severity } from '../../core/severity.ts';
import { severityOfRule } from '../../diagnosis/rules/rules.ts';
import { ageRuns, readAge } from '../../format/age.ts';
import { cgroupName } from '../../format/cgroup-name.ts';
import { churnText } from '../../format/churn.ts';
import { type Part, spread } from '../../format/fit.ts';
import { bytes, count, signed } from '../../format/quantity.ts';
import { badStyle, SEVERITY_STYLE } from '../../format/severity.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import type { Column } from '../../format/table.ts';
import { valueRun } from '../../format/value.ts';
import type { CgroupModel, Model } from '../../model/model.ts';
import { momentOf } from '../../model/moments.ts';
import { severityFrom } from '../../model/threshold-severity.ts';
import { CGROUP_COLUMNS, type CgroupRow, cgroupColumns } from '../../tables/cgroups.ts';
import { isOldRead, readRun } from '../../tables/reads.ts';
import { copied } from '../copied.ts';
import type { Binding } from '../keymap.ts';
import { noticed } from '../notice.ts';
import type { Pane, Shown } from '../pane.ts';
import { type Step, step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { sortedBy, withTable } from '../table-state.ts';
import type { ZoomGraph } from '../zoom.ts';
import { cgroupRows, cgroupSort, TREE } from './cgroup-rows.ts';
import { parentPath } from './cgroup-tree.ts';

/** What ` (45 min)` takes. */
const AGE_WIDTH = 9;

/** Lines above the table. */
const SUMMARY_ROWS = 2;

const KEYS: readonly Binding[] = [
  { keys: ['enter'], action: 'open', group: 'Here', help: 'fold or unfold what is below' },
  { keys: ['left'], action: 'left', group: 'Here', help: 'fold, or up to the parent' },
  { keys: ['right'], action: 'right', group: 'Here', help: 'unfold' },
  { keys: ['y'], action: 'show-command', group: 'Here', help: 'copy the full path, and the pod', footer: 'copy' },
  { keys: ['T', 'f5'], action: 'tree', group: 'Here', help: 'as a tree, instead of sorted by a column' },
];

/** Every live memory cgroup with its pod, what it uses, how slow it is, and what dying ones below it hold. */
export const cgroupsPane: Pane = {
  id: 'cgroups',
  digit: '3',
  title: 'Cgroups',
  keys: KEYS,
  sorts: CGROUP_COLUMNS.map((column) => column.id),
  defaultSort: undefined,
  rowCount: (shown) =>
    knownOr(
      mapKnown(cgroupRows(shown), (rows): Maybe<number> => rows.length),
      0,
    ),
  visibleRows: (_, size) => Math.max(0, size.rows - SUMMARY_ROWS - 1),
  graphs,
  draw: (shown, size) => {
    const { top, cursor } = shown.state.tables.cgroups;
    const sort = cgroupSort(shown);
    const { cgroups } = shown.model.memcg;
    const columns = withLatestReads(cgroupColumns(knownOr(cgroups, [])), shown.model);
    const none = 'no cgroup has this in its path, pod or container';
    const { thresholds: limits } = shown.diagnosis;
    const place = { columns: size.columns, rows: size.rows - SUMMARY_ROWS, top, cursor, limits, sort, none };
    return [...summary(shown, size.columns), ...tableLines(cgroupRows(shown), columns, place)];
  },
  act: (shown, action) => {
    switch (action) {
      case 'open':
        return foldOrNot(shown);
      case 'left':
        return fold(shown);
      case 'right':
        return unfold(shown);
      case 'tree':
        return step({ ...withTable(shown.state, { sort: TREE, inverted: false, top: 0, cursor: 0 }) });
      case 'show-command':
        return copyPath(shown);
      case 'invert':
        return cgroupSort(shown) === undefined ? step(sortedBy(shown.state, 'path')) : undefined;
      default:
        return undefined;
    }
  },
  timed: (shown) => {
    const row = underCursor(shown);
    return row === undefined ? undefined : { path: row.cgroup.path, file: 'memory.stat' };
  },
};

/**
 * Reads come between walks: the latest one stands beside a cgroup, not the one its walk knew; with its age where one is
 * old, since slow ones rest for minutes.
 */
function withLatestReads(columns: readonly Column<CgroupRow>[], model: Model): readonly Column<CgroupRow>[] {
  const reads = new Map(model.reads.filter(({ file }) => file === 'memory.stat').map((read) => [read.path, read]));
  const now = model.instant.at;
  const someOld = [...reads.values()].some(({ at }) => isOldRead(at, now));
  return columns.map((column) => {
    if (column.id !== 'read') return column;
    return {
      ...column,
      width: someOld ? column.width + AGE_WIDTH : column.width,
      cell: (row, limits) => {
        const read = reads.get(row.cgroup.path);
        if (read === undefined) return column.cell(row, limits);
        const value = readRun(read, limits);
        return isOldRead(read.at, now) ? { ...value, text: `${value.text} (${readAge(read.at, now)})` } : value;
      },
    };
  });
}

function underCursor(shown: Shown): CgroupRow | undefined {
  const rows = cgroupRows(shown);
  return isMissing(rows) ? undefined : rows[shown.state.tables.cgroups.cursor ?? 0];
}

/** The path as a shell finds it, below a remark with the pod's name. */
function copyPath(shown: Shown): Step {
  const row = underCursor(shown);
  if (row === undefined) return step(noticed(shown.state, 'there is no cgroup under the cursor', 'info'));
  const { path, pod, unit } = row.cgroup;
  const owner = isMissing(pod) ? unit : pod;
  const full = `${knownOr(shown.model.host.cgroupRoot, '')}${path === '/' ? '' : path}` || '/';
  const lines = [...(isMissing(owner) ? [] : [`# ${printable(owner)}`]), printable(full)];
  return step(...copied(shown.state, cgroupName(path), lines));
}

function foldOrNot(shown: Shown): Step {
  const row = underCursor(shown);
  if (row === undefined) return step(shown.state);
  return shown.state.tables.cgroups.folded.has(row.cgroup.path) ? unfold(shown) : withFolded(shown, row.cgroup, true);
}

function unfold(shown: Shown): Step {
  const row = underCursor(shown);
  return row === undefined ? step(shown.state) : withFolded(shown, row.cgroup, false);
}

function fold(shown: Shown): Step {
  const row = underCursor(shown);
  if (row === undefined) return step(shown.state);
  const { folded } = shown.state.tables.cgroups;
  if (row.cgroup.children > 0 && !folded.has(row.cgroup.path)) return withFolded(shown, row.cgroup, true);
  const rows = cgroupRows(shown);
  const parent = parentPath(row.cgroup.path);
  const at = isMissing(rows) ? -1 : rows.findIndex((each) => each.cgroup.path === parent);
  return step(at === -1 ? shown.state : withTable(shown.state, { cursor: at }));
}

function withFolded({ state }: Shown, { path, children }: CgroupModel, isFolded: boolean): Step {
  if (children === 0) return step(state);
  const folded = new Set(state.tables.cgroups.folded);
  if (isFolded) folded.add(path);
  else folded.delete(path);
  return step(withTable(state, { folded }));
}

/** Whose containers restart most; nothing where none does, or where it is not known. */
function restartsPart({ restarting }: Model['pods']): Part[] {
  const [most] = knownOr(restarting, []);
  if (most === undefined) return [];
  const text = `${most.pod} ${count(most.restarts)} in 5 min`;
  return [{ rank: 2, runs: [run('most restarts ', { ink: 'dim' }), run(text, { bold: true })] }];
}

/** Pods without a process, where they are so many that a rule speaks of them; Advice names them. */
function emptyPart({ withoutProcess, cgroups }: Model['pods'], severity: Severity): Part[] {
  if (severity === 'ok' || severity === 'unknown' || isMissing(withoutProcess) || isMissing(cgroups)) return [];
  const text = `${count(withoutProcess)} of ${count(cgroups)} pods`;
  const style = { ...SEVERITY_STYLE[severity], bold: true };
  return [{ rank: 1, runs: [run(text, style), run(' have no process', { ink: 'dim' })] }];
}

function summary({ model, diagnosis }: Shown, columns: number): StyledLine[] {
  const { live, dying, growthPerSecond, heldByDying, countedAt } = model.memcg;
  const part = (rank: number, label: string, ...runs: Run[]): Part => ({
    rank,
    runs: [run(`${label} `, { ink: 'dim' }), ...runs],
  });
  const strong = { bold: true } as const;
  const first = spread(
    [
      { rank: 0, runs: [run(' '), valueRun(live, count, strong), run(' live', { ink: 'dim' })] },
      {
        rank: 0,
        runs: [
          valueRun(dying, count, {
            ...SEVERITY_STYLE[severityOfRule(diagnosis.findings, 'dying-cgroups')],
            bold: true,
          }),
          run(' dying', { ink: 'dim' }),
          ...ageRuns(model, 'dying', 'live '),
        ],
      },
      part(
        2,
        'growth',
        valueRun(growthPerSecond, (value) => `${signed(value * 3600, count)}/h over 5 min`, strong),
      ),
      part(3, 'churn', valueRun(churnText(model.memcg), String, strong)),
      ...emptyPart(model.pods, severityOfRule(diagnosis.findings, 'leftover-pods')),
      ...restartsPart(model.pods),
    ],
    isKnown(countedAt)
      ? [
          {
            rank: 4,
            runs: [run(`counted ${age(model.instant.at - countedAt)} `, { ink: 'dim' }), ...countersAge(model)],
          },
        ]
      : [],
    columns,
    3,
  );
  const amount = (value: Run, what: string): Part => ({ rank: 0, runs: [value, run(` ${what}`, { ink: 'dim' })] });
  if (isMissing(heldByDying)) return [first, [run(' '), valueRun(heldByDying, () => '')]];
  const most = heldByDying.where[0];
  const mostSeverity = severityFrom(most?.bytes ?? 0, diagnosis.thresholds.heldBytes);
  const second = spread(
    [
      { rank: 0, runs: [run(' dying hold', { ink: 'dim' })] },
      amount(valueRun(heldByDying.kmemBytes, bytes, strong), 'kernel memory'),
      amount(valueRun(heldByDying.pageBytes, bytes, strong), 'pages'),
      ...(most === undefined ? [] : [part(1, 'most below', run(cgroupName(most.path), badStyle(mostSeverity)))]),
    ],
    [],
    columns,
    2,
  );
  return [first, second];
}

/** Counters are read more seldom than cgroups are counted, where few are dying. */
function countersAge(model: Model): Run[] {
  const [counted, counters] = [momentOf(model, 'cgroups'), momentOf(model, 'counters')];
  if (counted === undefined || counters === undefined || counters.at >= counted.at) return [];
  return [run(`memory read ${age(counters.ageSeconds * 1000)} `, { ink: counters.isOld ? 'yellow' : 'dim' })];
}

function age(ms: number): string {
  return ms < 1500 ? 'now' : `${Math.round(ms / 1000)} s ago`;
}

function graphs({ history }: Shown): readonly ZoomGraph[] {
  return [
    {
      title: 'held by dying cgroups',
      unit: 'MiB',
      divideBy: 1024 ** 2,
      print: bytes,
      lines: [
        { series: history.of('memcg.heldByDying.kmemBytes'), title: 'kernel memory', ink: 'magenta' },
        { series: history.of('memcg.heldByDying.pageBytes'), title: 'pages', ink: 'white' },
      ],
    },
  ];
}
