import { bothKnown, isKnown, isMissing, type Maybe, mapKnown } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import type { KubeletMetrics } from '../profile/kubelet-metrics.ts';
import { count, duration, seconds } from './quantity.ts';
import { reasonSentence } from './reason.ts';

/** What kubelet's `/metrics` say, a sentence each; what is missing says why. */
export function kubeletMetricsSentences(metrics: KubeletMetrics, nowSeconds: number): readonly string[] {
  const { version, startedSeconds, relistSeconds, relists, requests } = metrics;
  const up = isKnown(startedSeconds) && nowSeconds > startedSeconds ? nowSeconds - startedSeconds : undefined;
  const perMinute = (value: Maybe<number>) =>
    up === undefined || isMissing(value) ? '' : ` (${(value / (up / 60)).toFixed(2)} a minute)`;
  const both = (what: string, created: Maybe<number>, removed: Maybe<number>) =>
    told(
      what,
      bothKnown(created, removed, (one, other) => `${count(one)} created${perMinute(one)}, ${count(other)} removed`),
    );
  return [
    `kubelet ${isMissing(version) ? 'of a version that it does not tell' : printable(version)}${
      up === undefined ? '' : `, started ${duration(up)} ago; counts are since then`
    }`,
    both('cgroups of pods', metrics.podCgroupsCreated, metrics.podCgroupsRemoved),
    both('containers', metrics.containersCreated, metrics.containersRemoved),
    both('sandboxes of pods', metrics.sandboxesCreated, metrics.sandboxesRemoved),
    told(
      'PLEG',
      bothKnown(relists, relistSeconds, (times, each) => `${count(times)} relists, ${seconds(each)} each on average`),
    ),
    told(
      'requests, most first',
      mapKnown(requests, (rows) => requestsText(rows, perMinute)),
    ),
  ];
}

function requestsText(rows: readonly { path: string; count: number }[], perMinute: (value: number) => string): string {
  const each = rows.map(({ path, count: times }) => `${printable(path)} ${count(times)}${perMinute(times)}`);
  return `${each.join(', ')}; metrics/cadvisor and stats/summary make kubelet read cgroups`;
}

function told(what: string, text: Maybe<string>): string {
  return `${what}: ${isMissing(text) ? reasonSentence(text) : text}`;
}
