/** `1 cgroup`, `2 cgroups`: the words after a number that is already text. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return Math.round(count) === 1 ? one : many;
}
