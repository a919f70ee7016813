import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOST_JSON } from '../../src/host/fixture-host.ts';
import { copyOfCaptured, type Moment } from './captures.ts';

/** A copy of a captured moment whose clock stands still at an instant, so that what is made of it can be compared. */
export function fixedCapture(moment: Moment, at: string): string {
  const root = copyOfCaptured(moment);
  const file = join(root, HOST_JSON);
  const declared: unknown = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(Object.assign({}, declared, { at })));
  return root;
}
