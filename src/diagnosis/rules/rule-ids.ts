/** The rules by name, in the order in which findings of one severity are told. The names stand in the JSON document. */
export const RULE_IDS = [
  'dying-cgroups',
  'slow-memory-stat',
  'kubelet-attribution',
  'what-pins',
  'kubelet-in-kernel',
  'slow-numa-stat',
  'slow-root-usage',
  'memcg-ids',
  'other-hierarchy',
  'leftover-directories',
  'slab-growth',
  'dentries-dominate-slab',
  'negative-dentries',
  'churn',
  'dropped-by-others',
  'hybrid-host',
  'memory-pressure',
  'lookalikes',
] as const;

/** One of {@link RULE_IDS}. */
export type RuleId = (typeof RULE_IDS)[number];
