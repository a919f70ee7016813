import { isMissing } from '../../core/missing.ts';
import { parseKernelRelease } from '../../diagnosis/kernel/release.ts';
import { evaluateKernel } from '../../diagnosis/kernel/verdict.ts';
import type { KernelRow } from '../../fleet/model.ts';
import type { Style } from '../../format/styled.ts';

/** What the kernel matrix says of a release's memory.stat, and whether its nodes agree. The measurement decides. */
export function matrixWord({ kernel, critical, warning }: KernelRow): { readonly word: string; readonly style: Style } {
  const { items } = evaluateKernel(parseKernelRelease(kernel, undefined));
  const item = items['memory.stat'];
  const sick = critical + warning > 0;
  switch (item.status) {
    case 'affected': {
      const upgrade = item.upgrade === undefined || isMissing(item.upgrade) ? '' : `; move to ${item.upgrade}`;
      return { word: `affected${sick ? '' : ', none sick yet'}${upgrade}`, style: sick ? { ink: 'yellow' } : {} };
    }
    case 'fixed':
      return sick
        ? { word: 'fixed, yet nodes are sick', style: { ink: 'yellow' } }
        : { word: 'fixed', style: { ink: 'green' } };
    case 'unknown':
      return { word: 'unknown: the measurement decides', style: { ink: 'dim' } };
  }
}
