import type { NodeEvent } from '../model/events.ts';

/** Endings that follow each other within so long are one: a drop ends eight findings. */
const TOGETHER_MS = 300_000;

type Over = Extract<NodeEvent, { kind: 'finding-over' }>;

/** The log as it is read: endings that follow each other stand in one line, so that they push nothing else away. */
export function mergedEvents(events: readonly NodeEvent[]): readonly NodeEvent[] {
  const merged: NodeEvent[] = [];
  let together: Over[] = [];
  const close = () => {
    const [first] = together;
    if (first !== undefined) merged.push(asOne(first, together));
    together = [];
  };
  for (const event of events) {
    const last = together.at(-1);
    if (event.kind !== 'finding-over') {
      close();
      merged.push(event);
      continue;
    }
    if (last !== undefined && event.at - last.at > TOGETHER_MS) close();
    together.push(event);
  }
  close();
  return merged;
}

/** That of the dying with its numbers, if it is among them, and the names of the others. */
function asOne(first: Over, together: readonly Over[]): Over {
  const main = together.find(({ id }) => id === 'dying-cgroups') ?? first;
  const others = together.filter((each) => each !== main).map(({ text }) => text.replace(/ \([^()]*\)$/, ''));
  return others.length === 0 ? main : { ...main, at: first.at, text: `${main.text}; also ${others.join(', ')}` };
}
