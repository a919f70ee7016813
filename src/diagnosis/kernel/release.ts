import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import { printableAscii } from '../../core/printable.ts';
import { FAMILIES, type FamilyId, type Lineage, rhelMajorOf } from './families.ts';
import type { Version } from './version.ts';

/** What a kernel release string (`uname -r`, `/proc/sys/kernel/osrelease`) says about the kernel. */
export interface KernelRelease {
  /** The string as it may be shown: printable ASCII only, at most 64 characters (the kernel's own limit). */
  readonly text: string;
  readonly family: FamilyId;
  /** The builder's name for people. */
  readonly familyName: string;
  readonly lineage: Lineage;
  /** The mainline number it is based on; `malformed` where the string does not begin with one. */
  readonly base: Maybe<Version>;
  /** The numbers of a RHEL package build: `4.18.0-147.8.1.el8_1` is `[147, 8, 1]`; empty for every other family. */
  readonly build: Version;
  /** `7` to `10` for a RHEL kernel. */
  readonly rhelMajor?: string;
  /** A release candidate: what came with that very release may or may not be in it. */
  readonly candidate: boolean;
  /** What the string leaves open, where it does: another builder's kernels look the same. */
  readonly ambiguity?: string;
}

/** `ID` of os-release, lower case, where the caller has it. The release string wins where both speak. */
export type OsId = string;

const LONGEST = 64;

/**
 * Reads a release string by its family's own grammar. `osId` decides only where the string alone cannot: a bare number
 * is mainline's form and Bottlerocket's, a bare `+` is Container-Optimized OS's and that of a tree built by hand.
 * Nonsense yields family `unknown` with the reason in `base`; nothing throws.
 */
export function parseKernelRelease(release: string, osId?: OsId): KernelRelease {
  const trimmed = release.trim();
  const text = printableAscii(trimmed.slice(0, LONGEST));
  const unread = {
    text,
    family: 'unknown',
    familyName: 'unknown',
    lineage: 'patched',
    build: [],
    candidate: false,
  } as const;
  if (trimmed === '') return { ...unread, base: missing('malformed', 'the kernel release is empty') };
  if (trimmed.length > LONGEST)
    return { ...unread, base: missing('malformed', `longer than the kernel's own ${LONGEST} characters`) };
  if (text !== trimmed)
    return { ...unread, base: missing('malformed', 'the kernel release has unprintable characters') };
  const base = parseBase(trimmed);
  if (isMissing(base)) return { ...unread, base };
  const suffix = trimmed.replace(BASE, '');
  return {
    text,
    base,
    candidate: /(?:^-|\.|^-0\d{5})rc\d+(?![a-z])/.test(suffix),
    ...familyOf(base, suffix, osId?.toLowerCase()),
  };
}

// A kernel number has two to four parts (3.16 of old Debian backports, 5.15.90.1 of WSL).
const BASE = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?!\.?\d)/;
const HIGHEST_MAJOR = 9;

function parseBase(release: string): Maybe<Version> {
  const parts = BASE.exec(release);
  if (parts === null) return missing('malformed', 'the kernel release does not begin with a version number');
  const base = parts
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number);
  const major = base[0] ?? 0;
  // Linux 7 is the newest that the matrix knows; a number far beyond it is a forged string, not a newer kernel.
  if (major < 2 || major > HIGHEST_MAJOR) return missing('malformed', `Linux has had no version ${major}`);
  return base;
}

type Builder = Pick<KernelRelease, 'family' | 'familyName' | 'lineage' | 'build' | 'rhelMajor' | 'ambiguity'>;

function familyOf(base: Version, suffix: string, osId: OsId | undefined): Builder {
  const found = FAMILIES.find((family) => family.suffix.test(suffix) && (family.base?.(base) ?? true));
  if (found === undefined) return { family: 'other', familyName: 'vendor kernel', lineage: 'patched', build: [] };
  const builder = { family: found.id, familyName: found.name, lineage: found.lineage, build: [] };
  if (found.id === 'rhel') {
    const major = rhelMajorOf(base);
    return { ...builder, build: buildOf(suffix), ...(major === undefined ? {} : { rhelMajor: major }) };
  }
  if (found.id === 'cos' && osId !== undefined && osId !== 'cos')
    return { family: 'other', familyName: 'a kernel built from a changed tree', lineage: 'patched', build: [] };
  if (found.id === 'cos' && osId === undefined)
    return { ...builder, ambiguity: 'a tree built by hand has the same form' };
  if (found.id === 'mainline' && suffix === '') {
    if (osId === 'bottlerocket')
      return { family: 'bottlerocket', familyName: 'Bottlerocket', lineage: 'patched', build: [] };
    if (osId === undefined)
      return { ...builder, ambiguity: 'Bottlerocket and kernels built by hand have the same form' };
  }
  return builder;
}

/** `-147.8.1.el8_1.x86_64` as `[147, 8, 1]`; what rpm calls the release, up to the first part that is not a number. */
function buildOf(suffix: string): Version {
  const digits = /^-(\d+(?:\.\d+)*)/.exec(suffix)?.[1] ?? '';
  return digits === '' ? [] : digits.split('.').map(Number);
}
