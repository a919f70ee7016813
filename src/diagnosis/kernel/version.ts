/** The numbers of a kernel version or of a package build, most significant first: `4.18.0` is `[4, 18, 0]`. */
export type Version = readonly number[];

/**
 * Below zero, zero or above zero, as `left` is older than, the same as or newer than `right`. Number by number, as
 * mainline numbers its releases and as rpm compares the all-numeric segments of a RHEL build; a part that is absent
 * counts as 0, so that 5.2 and 5.2.0 are the same kernel and build 147 comes before 147.8.1.
 */
export function compareVersions(left: Version, right: Version): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` is `floor` or newer. */
export function isAtLeast(version: Version, floor: Version): boolean {
  return compareVersions(version, floor) >= 0;
}

/** `[4, 18, 0]` as `4.18.0`. */
export function formatVersion(version: Version): string {
  return version.join('.');
}
