import type { CallTree } from './call-tree.ts';
import { type FunctionKind, functionKind } from './function-kind.ts';

/** One rectangle of a flame graph that hangs down (an icicle): the whole profile on top, callees below callers. */
export interface FlameFrame {
  /** Node of the call tree: what to zoom to. */
  readonly node: number;
  /** Row from the top, 0 is the whole profile. */
  readonly row: number;
  /** Left edge and width as parts of the graph's width, 0 to 1. */
  readonly left: number;
  readonly width: number;
  readonly name: string;
  readonly kind: FunctionKind | 'all';
  /** Parts of the whole profile, however far it is zoomed in. */
  readonly share: number;
  readonly selfShare: number;
  /** A caller of the zoomed frame, drawn over the full width though its share is larger. */
  readonly above: boolean;
}

/** A layout: its rectangles row by row from left to right, and what was too narrow to be one. */
export interface Flame {
  readonly frames: readonly FlameFrame[];
  readonly rows: number;
  /** How many callees of drawn frames were too narrow; theirs are not counted again. */
  readonly hiddenFrames: number;
  /** The part of the whole profile that lies in those. */
  readonly hiddenShare: number;
}

/** What to lay out. */
export interface FlameOptions {
  /** The frame that takes the full width; 0, the default, is the whole profile. */
  readonly zoom?: number;
  /** Frames narrower than this part of the graph's width are left out; 0 shows all. */
  readonly narrowest: number;
}

/** Lays out a call tree; callees of one caller stand in the order of their time, largest first. */
export function layOutFlame(tree: CallTree, options: FlameOptions): Flame {
  const zoom = options.zoom !== undefined && options.zoom < tree.size ? options.zoom : 0;
  const frames = callersOf(tree, zoom).map((node) => ({ ...describe(tree, node), left: 0, width: 1, above: true }));
  const zoomedNanoseconds = tree.totalNanoseconds[zoom] ?? 0;
  let hiddenFrames = 0;
  let hiddenNanoseconds = 0;
  let row: FlameFrame[] = [{ ...describe(tree, zoom), left: 0, width: 1, above: false }];
  while (row.length > 0) {
    const below: FlameFrame[] = [];
    for (const frame of row) {
      frames.push(frame);
      let { left } = frame;
      for (const callee of calleesByTime(tree, frame.node)) {
        const nanoseconds = tree.totalNanoseconds[callee] ?? 0;
        const width = nanoseconds / zoomedNanoseconds;
        if (width >= options.narrowest) {
          below.push({ ...describe(tree, callee), left, width, above: false });
        } else {
          hiddenFrames++;
          hiddenNanoseconds += nanoseconds;
        }
        left += width;
      }
    }
    row = below;
  }
  const rows = (frames.at(-1)?.row ?? 0) + 1;
  return { frames, rows, hiddenFrames, hiddenShare: hiddenNanoseconds / (tree.totalNanoseconds[0] ?? 1) };
}

/**
 * The callers of a node from the outermost, without the node itself: the way back from a zoom.
 * @internal
 */
export function callersOf(tree: CallTree, node: number): readonly number[] {
  const callers: number[] = [];
  for (let at = node; at !== 0; ) {
    at = tree.parent[at] ?? 0;
    callers.push(at);
  }
  return callers.reverse();
}

function describe(tree: CallTree, node: number): Omit<FlameFrame, 'left' | 'width' | 'above'> {
  const whole = tree.totalNanoseconds[0] ?? 1;
  const name = node === 0 ? 'all' : (tree.functions[tree.functionOf[node] ?? 0] ?? '');
  return {
    node,
    row: tree.depth[node] ?? 0,
    name,
    kind: node === 0 ? 'all' : functionKind(name),
    share: (tree.totalNanoseconds[node] ?? 0) / whole,
    selfShare: (tree.selfNanoseconds[node] ?? 0) / whole,
  };
}

function calleesByTime(tree: CallTree, node: number): Uint32Array {
  const callees = tree.children.slice(tree.childStart[node], tree.childStart[node + 1]);
  const nanosecondsOf = (callee: number) => tree.totalNanoseconds[callee] ?? 0;
  // By function number, the order of first appearance, where times are equal: a picture must not depend on chance.
  return callees.sort((a, b) => nanosecondsOf(b) - nanosecondsOf(a) || a - b);
}
