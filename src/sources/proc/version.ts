import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { unreadable } from './text.ts';

/**
 * Parses `/proc/version` into the kernel's release, as `uname -r` says it:
 *
 *     Linux version 4.4.155 (root@vm) (gcc version 11.3.0 (Debian 11.3.0-12) ) #3 SMP Mon Nov 23 10:58:19 UTC 2026
 *
 * https://man7.org/linux/man-pages/man5/proc_version.5.html
 */
export function parseVersion(text: string): Parsed<string> {
  const release = /^Linux version ([\w.+~:-]+)/.exec(text)?.[1];
  if (release === undefined) return unreadable('"Linux version" and a release', text);
  return { value: release, issues: NO_ISSUES };
}
