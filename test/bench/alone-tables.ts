import { COST_TITLES, costCells, head, kibibytes, mebibytes, row } from './cells.ts';
import type { Day, Trend } from './day/measure-day.ts';
import type { KeyTimes, OwnRow } from './own.ts';
import type { ProfileRow, Spent } from './profiles.ts';
import type { WalkRow } from './walks.ts';

/** What this tool costs by what was varied. */
export function ownTable(rows: readonly OwnRow[]): string[] {
  if (rows.length === 0) return [];
  return [...head(['this tool alone', ...COST_TITLES]), ...rows.map(({ of, cost }) => row([of, ...costCells(cost)]))];
}

/** What walks cost, and how old the live count gets between them. */
export function walkTable(rows: readonly WalkRow[]): string[] {
  if (rows.length === 0) return [];
  const titles = [
    'walk of live cgroups (generated), none dying',
    'recorded s',
    'walks',
    'CPU s, first',
    'CPU s, later',
    'oldest s',
  ];
  return [
    ...head(titles),
    ...rows.map(({ live, recordedSeconds, walks, oldestCountSeconds, stillAging }) => {
      const [first, ...later] = walks.map(({ cpuSeconds }) => cpuSeconds.toFixed(3));
      const oldest = `${stillAging ? 'over ' : ''}${oldestCountSeconds.toFixed(1)}`;
      return row([
        String(live),
        String(recordedSeconds),
        String(walks.length),
        first ?? 'none ended',
        later.join(', '),
        oldest,
      ]);
    }),
  ];
}

/** How memory went through a simulated day. */
export function dayTable({ ticks, cpuSeconds, heap, rss }: Day): string[] {
  const trend = (name: string, { firstBytes, lastBytes, bytesPerHour, noiseBytesPerHour }: Trend) =>
    row([
      name,
      mebibytes(firstBytes),
      mebibytes(lastBytes),
      kibibytes(bytesPerHour),
      `± ${kibibytes(noiseBytesPerHour)}`,
    ]);
  return [
    ...head([
      `simulated 24 h, ${ticks} ticks, ${cpuSeconds.toFixed(0)} s of CPU`,
      'at 2 h MiB',
      'at 24 h MiB',
      'KiB/h',
      'noise',
    ]),
    trend('heap', heap),
    trend('RSS', rss),
  ];
}

/** From a profile to its flame graph, beside Go's own tool. */
export function profileTable(rows: readonly ProfileRow[]): string[] {
  if (rows.length === 0) return [];
  const spent = ({ wallMs, cpuMs, peakRssBytes }: Spent) => [
    wallMs.toFixed(0),
    cpuMs.toFixed(0),
    (peakRssBytes / 2 ** 20).toFixed(0),
  ];
  return [
    '| profile | program | wall ms | CPU ms | RSS MiB | same totals |',
    '|---|---|---:|---:|---:|---|',
    ...rows.flatMap(({ of, own, go }) => [
      row([of, 'slabtop-k8s profile --svg', ...spent(own), '']),
      'skipped' in go
        ? row([of, `skipped: ${go.skipped}`])
        : row([of, 'go tool pprof -raw', ...spent(go.spent), go.sameTotals ? 'yes' : 'NO']),
    ]),
  ];
}

/** How long keys took while a read was blocked. */
export function keysLine({ presses, p50Ms, p99Ms, worstMs }: KeyTimes): string {
  const [p50, p99, worst] = [p50Ms, p99Ms, worstMs].map((ms) => ms.toFixed(1));
  return `Key to screen while a probe blocks, ${presses} keys: p50 ${p50} ms, p99 ${p99} ms, worst ${worst} ms`;
}
