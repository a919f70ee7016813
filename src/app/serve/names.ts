import { createHash } from 'node:crypto';

/** What becomes of the names of nodes, namespaces and workloads in metrics. */
export type Naming = 'told' | 'redacted' | 'left-out';

/** Makes the function that a name goes through. */
export function namesAs(naming: Naming): (name: string) => string {
  switch (naming) {
    case 'told':
      return (name) => name;
    case 'redacted':
      return pseudonymOf;
    case 'left-out':
      return () => '';
  }
}

/**
 * The same on every node, so that what belongs together can be summed over a fleet. Who knows a name can recognise it
 * again; who does not cannot tell it.
 */
function pseudonymOf(name: string): string {
  return name === '' ? '' : `r-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`;
}
