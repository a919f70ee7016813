import { printable } from '../../core/printable.ts';
import type { Labels, MetricContext, MetricFamily, MetricSample } from './metric.ts';

/**
 * The Prometheus text format 0.0.4, which every scraper takes. Written by hand: the client libraries are for direct
 * instrumentation and create their series for good, where these are made again from each model.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function encodeMetrics(families: readonly MetricFamily[], context: MetricContext): string {
  return families.map((family) => encodeFamily(family, family.samples(context))).join('');
}

/** A family without a sample is left out whole: its HELP alone would say that there is something. */
function encodeFamily({ name, type, help }: MetricFamily, samples: readonly MetricSample[]): string {
  const lines = samples.filter(({ value }) => Number.isFinite(value)).map((sample) => encodeSample(name, sample));
  if (lines.length === 0) return '';
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function encodeSample(name: string, { suffix, labels = {}, value }: MetricSample): string {
  return `${name}${suffix ?? ''}${encodeLabels(labels)} ${value}\n`;
}

function encodeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeValue(text: string): string {
  return escapeHelp(printable(text)).replaceAll('"', '\\"');
}
