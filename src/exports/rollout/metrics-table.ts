import type { MetricFamily } from '../metrics/metric.ts';

/** Every metric as a Markdown table, and why the other fields have none. */
export function encodeMetricsTable(
  families: readonly MetricFamily[],
  noMetric: Readonly<Record<string, string>>,
): string {
  const rows = families.map(
    ({ name, type, mostSeries, fields, help }) =>
      `| \`${name}\` | ${type} | ${mostSeries} | ${fields.map((id) => `\`${id}\``).join(' ')} | ${help} |`,
  );
  const none = Object.entries(noMetric).map(([id, why]) => `| \`${id.endsWith('.') ? `${id}*` : id}\` | ${why} |`);
  return [
    '| metric | type | series at most | fields | help |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    '| field | why it has no metric |',
    '|---|---|',
    ...none,
    '',
  ].join('\n');
}
