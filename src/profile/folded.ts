import { printable } from '../core/printable.ts';
import type { CallTree } from './call-tree.ts';

/**
 * The call tree as folded stacks, one per line: frames from the outermost caller, joined by `;`, a space and the CPU
 * time in microseconds. flamegraph.pl, inferno and speedscope read it. What would break a line (`;`, line ends, other
 * control characters) is replaced in names.
 */
export function encodeFolded(tree: CallTree): string {
  const names = tree.functions.map(foldedName);
  const lines: string[] = [];
  const frames: string[] = [];
  for (let node = 1; node < tree.size; node++) {
    const self = tree.selfNanoseconds[node] ?? 0;
    if (self === 0) continue;
    frames.length = 0;
    for (let at = node; at !== 0; at = tree.parent[at] ?? 0) frames.push(names[tree.functionOf[at] ?? 0] ?? '');
    // Shorter than a microsecond is one: a line with 0 would be dropped by its readers.
    lines.push(`${frames.reverse().join(';')} ${Math.max(1, Math.round(self / 1000))}\n`);
  }
  return lines.sort().join('');
}

function foldedName(name: string): string {
  return printable(name.replaceAll(';', ':'));
}
