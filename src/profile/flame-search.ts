import type { CallTree } from './call-tree.ts';

/** What a search found. */
export interface FlameSearch {
  /** Function names that match. */
  readonly names: ReadonlySet<string>;
  /** The part of the profile whose stacks contain at least one of them. */
  readonly share: number;
}

/** Looks for functions in a call tree; a stack in which several match counts once. */
export function searchFunctions(tree: CallTree, matches: (name: string) => boolean): FlameSearch {
  const found = Uint8Array.from(tree.functions, (name) => (matches(name) ? 1 : 0));
  const above = new Uint8Array(tree.size);
  let nanoseconds = 0;
  for (let node = 1; node < tree.size; node++) {
    const caller = above[tree.parent[node] ?? 0] ?? 0;
    const here = found[tree.functionOf[node] ?? 0] ?? 0;
    above[node] = caller | here;
    if (here === 1 && caller === 0) nanoseconds += tree.totalNanoseconds[node] ?? 0;
  }
  return {
    names: new Set(tree.functions.filter((_, index) => found[index] === 1)),
    share: nanoseconds / (tree.totalNanoseconds[0] ?? 1),
  };
}
