/** What the node was like at one moment of the incident. */
export interface Scene {
  readonly dying: number;
  /** How far the slab is from that of the healthy capture to that of the incident; above 1 beyond it. */
  readonly slabShare: number;
  /** What one read of the root's and of kubepods' `memory.stat` took. */
  readonly rootSeconds: number;
  readonly kubepodsSeconds: number;
  readonly slabinfoSeconds: number;
  /** Writes of 2 to drop_caches so far. */
  readonly drops: number;
}

/** One row of the measured table in the capture's `host.json`. */
export interface MeasuredRow {
  readonly dying: number;
  readonly rootStatMs: number;
  readonly kubepodsStatMs?: number;
  readonly slabinfoMs?: number;
  readonly slabKB: number;
  readonly moment?: string;
}

const MINUTE = 60;

/** Seconds from the beginning at which the caches are dropped, and how long the write takes (measured at 30,000). */
export const DROP_AT_SECONDS = 76 * MINUTE;
export const DROP_SECONDS = 12.06;

/** The captured incident had 19,896 dying: that is a share of 1. */
const INCIDENT_DYING = 19_896;

/** Cgroups dying at minutes before and after the drop. */
const BEFORE_DROP: readonly (readonly [number, number])[] = [
  [0, 0],
  [10, 12],
  [74, 29_856],
  [76, 29_856],
];
const AFTER_DROP: readonly (readonly [number, number])[] = [
  [76, 2],
  [88, 10],
  [110, 9_974],
];

/** The frames' moments, in seconds from the beginning: half a minute apart, two seconds around the drop. */
export function frameSeconds(): number[] {
  const seconds: number[] = [];
  for (let at = 0; at <= DROP_AT_SECONDS; at += 30) seconds.push(at);
  for (let at = DROP_AT_SECONDS + 2; at <= DROP_AT_SECONDS + 80; at += 2) seconds.push(at);
  for (let at = DROP_AT_SECONDS + 110; at <= 110 * MINUTE; at += 30) seconds.push(at);
  return seconds;
}

/** The scene at a moment, from the measured table. */
export function sceneAt(seconds: number, table: readonly MeasuredRow[]): Scene {
  const steady = table.filter(({ moment }) => moment === undefined);
  const isOver = seconds >= DROP_AT_SECONDS + DROP_SECONDS;
  const rightAfter = table.find(({ moment }) => moment === 'right after the drop');
  if (isOver && seconds < DROP_AT_SECONDS + DROP_SECONDS + 2 && rightAfter !== undefined) {
    const healthyKb = steady[0]?.slabKB ?? 0;
    const incidentKb = between(INCIDENT_DYING, steady, ({ slabKB }) => slabKB);
    return {
      dying: rightAfter.dying,
      slabShare: (rightAfter.slabKB - healthyKb) / (incidentKb - healthyKb),
      rootSeconds: rightAfter.rootStatMs / 1000,
      kubepodsSeconds: rightAfter.rootStatMs / 1000,
      slabinfoSeconds: 0.0048,
      drops: 1,
    };
  }
  const dying = Math.round(piecewise(seconds / MINUTE, isOver ? AFTER_DROP : BEFORE_DROP));
  return {
    dying,
    slabShare: dying / INCIDENT_DYING,
    rootSeconds: between(dying, steady, ({ rootStatMs }) => rootStatMs) / 1000,
    kubepodsSeconds: between(dying, steady, ({ kubepodsStatMs }) => kubepodsStatMs ?? 0) / 1000,
    slabinfoSeconds: between(dying, steady, ({ slabinfoMs }) => slabinfoMs ?? 0) / 1000,
    drops: isOver ? 1 : 0,
  };
}

function between(dying: number, table: readonly MeasuredRow[], value: (row: MeasuredRow) => number): number {
  return piecewise(
    dying,
    table.map((row) => [row.dying, value(row)]),
  );
}

function piecewise(x: number, points: readonly (readonly [number, number])[]): number {
  const above = points.findIndex(([at]) => at >= x);
  const [toX, toY] = points.at(above) ?? [0, 0];
  const [fromX, fromY] = points[above - 1] ?? [toX, toY];
  return toX === fromX || above < 0 ? toY : fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX);
}
