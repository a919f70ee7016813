/** Whether any of these texts contains the filter, in whatever case. An empty filter lets everything through. */
export function matches(filter: string, ...texts: readonly string[]): boolean {
  if (filter === '') return true;
  const wanted = filter.toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
