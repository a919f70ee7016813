/** A straight line through points, by least squares. */
export interface Line {
  /** By how much the second figure of a pair grows per unit of the first. */
  readonly slope: number;
  /** Its standard error, from how far the points lie off the line; 0 where two points or fewer leave nothing off. */
  readonly standardError: number;
}

/** The line through pairs of two figures; flat where the first figures are all the same. */
export function lineThrough(points: readonly (readonly [number, number])[]): Line {
  const mean = (index: 0 | 1) => sum(points.map((point) => point[index])) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = sum(points.map(([px]) => (px - x) ** 2));
  if (spread === 0) return { slope: 0, standardError: 0 };
  const slope = sum(points.map(([px, py]) => (px - x) * (py - y))) / spread;
  const off = sum(points.map(([px, py]) => (py - y - slope * (px - x)) ** 2));
  const freedom = points.length - 2;
  return { slope, standardError: freedom <= 0 ? 0 : Math.sqrt(off / freedom / spread) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
