import { FrameIndex } from './frame-index.ts';
import type { Profile } from './profile.ts';

/**
 * All stacks of a profile merged from the outermost caller down, in columns; node 0 is the whole profile. A node's
 * number is larger than its parent's, so that one pass forwards meets parents first and one backwards children first.
 */
export interface CallTree {
  /** Function names; `functionOf` refers to them. */
  readonly functions: readonly string[];
  readonly size: number;
  /** The node that called it; the root is its own parent. */
  readonly parent: Uint32Array;
  /** Not a function (0xffffffff) for the root. */
  readonly functionOf: Uint32Array;
  /** Frames from the root; 0 is the root. */
  readonly depth: Uint32Array;
  /** CPU time in the function itself, called from here. */
  readonly selfNanoseconds: Float64Array;
  /** The same with everything that it called. */
  readonly totalNanoseconds: Float64Array;
  /** 1 where every sample has this frame inlined into its caller. */
  readonly inlined: Uint8Array;
  /** The children of node `n` are `children[childStart[n] .. childStart[n + 1])`. */
  readonly childStart: Uint32Array;
  readonly children: Uint32Array;
}

/** Merges the stacks of a profile; stacks without CPU time are left out. */
export function deriveCallTree(profile: Profile): CallTree {
  const { starts, frames, inlined, nanoseconds } = profile.stacks;
  const index = new FrameIndex(frames.length);
  const self = new Float64Array(frames.length + 1);
  for (let stack = 0; stack < nanoseconds.length; stack++) {
    const value = nanoseconds[stack] ?? 0;
    if (value === 0) continue;
    let node = 0;
    const end = starts[stack + 1] ?? 0;
    for (let at = starts[stack] ?? 0; at < end; at++) {
      node = index.child(node, frames[at] ?? 0, inlined[at] ?? 0);
    }
    self[node] = (self[node] ?? 0) + value;
  }
  const { size } = index;
  const parent = index.parent.slice(0, size);
  const selfNanoseconds = self.slice(0, size);
  return {
    functions: profile.functions,
    size,
    parent,
    functionOf: index.functionOf.slice(0, size),
    inlined: index.inlined.slice(0, size),
    selfNanoseconds,
    totalNanoseconds: totals(parent, selfNanoseconds),
    depth: depths(parent),
    ...childrenOf(parent),
  };
}

function totals(parent: Uint32Array, self: Float64Array): Float64Array {
  const total = self.slice();
  for (let node = parent.length - 1; node > 0; node--) {
    const above = parent[node] ?? 0;
    total[above] = (total[above] ?? 0) + (total[node] ?? 0);
  }
  return total;
}

function depths(parent: Uint32Array): Uint32Array {
  const depth = new Uint32Array(parent.length);
  for (let node = 1; node < parent.length; node++) depth[node] = (depth[parent[node] ?? 0] ?? 0) + 1;
  return depth;
}

function childrenOf(parent: Uint32Array): Pick<CallTree, 'childStart' | 'children'> {
  const childStart = new Uint32Array(parent.length + 1);
  for (let node = 1; node < parent.length; node++) {
    const next = (parent[node] ?? 0) + 1;
    childStart[next] = (childStart[next] ?? 0) + 1;
  }
  for (let node = 1; node <= parent.length; node++) {
    childStart[node] = (childStart[node] ?? 0) + (childStart[node - 1] ?? 0);
  }
  const free = childStart.slice();
  const children = new Uint32Array(parent.length - 1);
  for (let node = 1; node < parent.length; node++) {
    const above = parent[node] ?? 0;
    const place = free[above] ?? 0;
    children[place] = node;
    free[above] = place + 1;
  }
  return { childStart, children };
}
