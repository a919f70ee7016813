import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parseTraced, type Traced } from '../../src/trace/traced.ts';

/** What strace told of a real kubelet 1.20.2: both runs. */
export function capturedTrace(mostCharacters = Number.POSITIVE_INFINITY): Traced {
  const summary = readFileSync(strace('strace-c.txt'), 'utf8');
  const trace = gunzipSync(readFileSync(strace('strace-tt.txt.gz'))).toString();
  return parseTraced({ origin: 'process 6996', summary, trace, mostCharacters });
}

function strace(name: string): string {
  return fileURLToPath(new URL(`../fixtures/kubelet-1.20.2/${name}`, import.meta.url));
}
