import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file as Linux 6.18 with cgroup v1 printed it; the path is the one on that machine. */
export function textOfLinux618(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/texts/linux-6.18-cgroup1${path}`, import.meta.url)), 'utf8');
}
