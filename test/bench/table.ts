import type { Cost } from './meter.ts';
import type { KeyTimes, OwnRow } from './own.ts';
import type { ProfileRow, Spent } from './profiles.ts';

/** One program in one situation, or why it was not measured. */
export interface Row {
  readonly situation: string;
  readonly program: string;
  readonly result: Cost | { readonly skipped: string };
}

/** All that one run found, in the form of its JSON file. */
export interface Results {
  readonly schema: 'slabtop-k8s-bench/1';
  readonly at: string;
  readonly machine: {
    readonly kernel: string;
    readonly processor: string;
    readonly cpus: number;
    readonly node: string;
  };
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly own: readonly OwnRow[];
  /** From a profile to its flame graph. Missing in results of earlier versions. */
  readonly profiles?: readonly ProfileRow[];
  /** Missing where this tool was not measured. */
  readonly keysWhileBlocked?: KeyTimes;
  readonly skipped: readonly string[];
}

/** The results as Markdown, for a terminal and for the README. `earlier` adds a column: CPU now to CPU then. */
export function formatResults(results: Results, earlier?: Results): string {
  const { machine, seconds } = results;
  const lines = [
    `${results.at.slice(0, 10)}, Linux ${machine.kernel}, ${machine.cpus} x ${machine.processor}, Node ${machine.node}; ` +
      `${seconds} s each, 160x45, refreshed every second`,
    '',
  ];
  for (const situation of new Set(results.rows.map((row) => row.situation))) {
    const rows = results.rows.filter((row) => row.situation === situation);
    lines.push(...head(situation, earlier !== undefined), ...rows.map((row) => formatRow(row, rows, earlier)), '');
  }
  if (results.own.length > 0) {
    lines.push(...head('this tool alone', false));
    lines.push(...results.own.map(({ of, cost }) => `| ${[of, ...cells(cost), ''].join(' | ')} |`), '');
  }
  lines.push(...profileTable(results.profiles ?? []));
  const keys = results.keysWhileBlocked;
  if (keys !== undefined) {
    const [p50, p99, worst] = [keys.p50Ms, keys.p99Ms, keys.worstMs].map((ms) => ms.toFixed(1));
    lines.push(
      `Key to screen while a probe blocks, ${keys.presses} keys: p50 ${p50} ms, p99 ${p99} ms, worst ${worst} ms`,
    );
  }
  return [...lines, ...results.skipped.map((why) => `skipped: ${why}`), ''].join('\n');
}

function profileTable(rows: readonly ProfileRow[]): string[] {
  if (rows.length === 0) return [];
  const spent = ({ wallMs, cpuMs, peakRssBytes }: Spent) => [
    wallMs.toFixed(0),
    cpuMs.toFixed(0),
    (peakRssBytes / 2 ** 20).toFixed(0),
  ];
  const lines = rows.flatMap(({ of, own, go }) => [
    `| ${[of, 'slabtop-k8s profile --svg', ...spent(own), ''].join(' | ')} |`,
    'skipped' in go
      ? `| ${of} | skipped: ${go.skipped} |`
      : `| ${[of, 'go tool pprof -raw', ...spent(go.spent), go.sameTotals ? 'yes' : 'NO'].join(' | ')} |`,
  ]);
  return [
    '| profile | program | wall ms | CPU ms | RSS MiB | same totals |',
    '|---|---|---:|---:|---:|---|',
    ...lines,
    '',
  ];
}

function head(title: string, compared: boolean): string[] {
  const columns = [title, 'CPU ms/s', 'RSS MiB', 'PSS MiB', 'terminal B/s', 'first frame ms', 'this tool to it, CPU'];
  if (compared) columns.push('CPU, to earlier');
  return [`| ${columns.join(' | ')} |`, `|${columns.map((_, n) => (n === 0 ? '---' : '---:')).join('|')}|`];
}

function formatRow({ program, result, situation }: Row, rows: readonly Row[], earlier?: Results): string {
  if ('skipped' in result) return `| ${program} | skipped: ${result.skipped} |`;
  const own = costIn(rows, 'slabtop-k8s');
  const ratio = own === undefined || program === 'slabtop-k8s' ? '' : times(own.cpuMsPerSecond / result.cpuMsPerSecond);
  const before = costIn(earlier?.rows.filter((row) => row.situation === situation) ?? [], program);
  const change = before === undefined ? '' : times(result.cpuMsPerSecond / before.cpuMsPerSecond);
  return `| ${[program, ...cells(result), ratio, ...(earlier === undefined ? [] : [change])].join(' | ')} |`;
}

function costIn(rows: readonly Row[], program: string): Cost | undefined {
  const result = rows.find((row) => row.program === program)?.result;
  return result === undefined || 'skipped' in result ? undefined : result;
}

function cells(cost: Cost): string[] {
  const parts = cost.processes.map((one) => `${one.name} ${one.cpuMsPerSecond.toFixed(1)}`).join(', ');
  return [
    cost.cpuMsPerSecond.toFixed(1) + (cost.processes.length > 1 ? ` (${parts})` : ''),
    (cost.rssBytes / 2 ** 20).toFixed(1),
    (cost.pssBytes / 2 ** 20).toFixed(1),
    cost.terminalBytesPerSecond.toFixed(0),
    cost.firstFrameMs.toFixed(0),
  ];
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} x`;
}
