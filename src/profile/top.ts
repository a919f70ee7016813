import type { CallTree } from './call-tree.ts';

/** One function over all stacks, as in a row of `go tool pprof -top`. */
export interface TopRow {
  readonly name: string;
  /** CPU time in the function itself. */
  readonly flatNanoseconds: number;
  /** CPU time in it and in everything that it called; a stack in which it stands twice counts once. */
  readonly cumNanoseconds: number;
  /** Whether it was inlined into its callers; go tool pprof marks those `(inline)` and `(partial-inline)`. */
  readonly inlined: 'no' | 'partly' | 'always';
}

/** Flat and cumulative time per function, most flat time first, then by name: the order of `go tool pprof -top`. */
export function deriveTop(tree: CallTree): readonly TopRow[] {
  const flat = new Float64Array(tree.functions.length);
  for (let node = 1; node < tree.size; node++) {
    const name = tree.functionOf[node] ?? 0;
    flat[name] = (flat[name] ?? 0) + (tree.selfNanoseconds[node] ?? 0);
  }
  const cum = cumulative(tree);
  const inlining = inliningOf(tree);
  return tree.functions
    .map((name, index) => ({
      name,
      flatNanoseconds: flat[index] ?? 0,
      cumNanoseconds: cum[index] ?? 0,
      inlined: INLINED[inlining[index] ?? 0] ?? 'no',
    }))
    .filter((row) => row.cumNanoseconds > 0)
    .sort((a, b) => b.flatNanoseconds - a.flatNanoseconds || compareNames(a.name, b.name));
}

/** By code unit, so that the order is the same in every locale. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Walks the tree depth first, and adds a node's total unless the same function stands above it. */
function cumulative(tree: CallTree): Float64Array {
  const cum = new Float64Array(tree.functions.length);
  const above = new Uint32Array(tree.functions.length);
  const path: number[] = [0];
  const nextChild = tree.childStart.slice(0, tree.size);
  while (path.length > 0) {
    const node = path[path.length - 1] ?? 0;
    const place = nextChild[node] ?? 0;
    if (place === tree.childStart[node + 1]) {
      path.pop();
      const name = tree.functionOf[node] ?? 0;
      if (node !== 0) above[name] = (above[name] ?? 0) - 1;
      continue;
    }
    nextChild[node] = place + 1;
    const child = tree.children[place] ?? 0;
    const name = tree.functionOf[child] ?? 0;
    if (above[name] === 0) cum[name] = (cum[name] ?? 0) + (tree.totalNanoseconds[child] ?? 0);
    above[name] = (above[name] ?? 0) + 1;
    path.push(child);
  }
  return cum;
}

const INLINED = ['no', 'no', 'always', 'partly'] as const;

/** Per function: bit 0 where some caller called it, bit 1 where it was inlined into some caller. Recursion is no call. */
function inliningOf(tree: CallTree): Uint8Array {
  const callOf = new Map<number, number>();
  for (let node = 1; node < tree.size; node++) {
    const caller = tree.functionOf[tree.parent[node] ?? 0] ?? 0;
    const name = tree.functionOf[node] ?? 0;
    if (tree.parent[node] === 0 || caller === name) continue;
    const call = caller * tree.functions.length + name;
    callOf.set(call, (callOf.get(call) ?? 1) & (tree.inlined[node] ?? 0));
  }
  const bits = new Uint8Array(tree.functions.length);
  for (const [call, always] of callOf) {
    const name = call % tree.functions.length;
    bits[name] = (bits[name] ?? 0) | (always === 1 ? 2 : 1);
  }
  return bits;
}
