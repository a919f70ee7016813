/**
 * Labels that scrape configurations take from the exporter's pod: they change with each roll-out while the node stays.
 * The last two come with a labelmap of all of a pod's labels.
 */
export const POD_LABELS = [
  'pod',
  'pod_name',
  'pod_ip',
  'kubernetes_pod_name',
  'controller_revision_hash',
  'pod_template_generation',
] as const;

/** Labels of which every node has values of its own. */
export const NODE_LABELS = ['instance', 'node', ...POD_LABELS] as const;
