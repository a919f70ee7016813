import { type Maybe, missing } from '../core/missing.ts';

/** What kubelet's own `/metrics` says of what makes it busy; counters since it was started. */
export interface KubeletMetrics {
  /** `kubernetes_build_info`. */
  readonly version: Maybe<string>;
  /** Seconds since the Unix epoch at which the process was started. */
  readonly startedSeconds: Maybe<number>;
  /** Pod cgroups that its cgroup manager created and removed: exact, where walks miss what is gone before the next. */
  readonly podCgroupsCreated: Maybe<number>;
  readonly podCgroupsRemoved: Maybe<number>;
  /** Containers, and sandboxes of pods, that it had made and removed: each is a cgroup. */
  readonly containersCreated: Maybe<number>;
  readonly containersRemoved: Maybe<number>;
  readonly sandboxesCreated: Maybe<number>;
  readonly sandboxesRemoved: Maybe<number>;
  /** Mean time of one relist of all containers by the PLEG. */
  readonly relistSeconds: Maybe<number>;
  readonly relists: Maybe<number>;
  /** Requests by path, most first: `metrics/cadvisor` and `stats/summary` make kubelet read cgroups. */
  readonly requests: Maybe<readonly { readonly path: string; readonly count: number }[]>;
}

/** More paths than these are somebody's probing. */
const MOST_PATHS = 8;

/**
 * Reads the text that Prometheus takes. Families have the names of 1.14 and later and, where there were others, of
 * before; a family that is not there is `absent`. Never throws.
 * https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
export function parseKubeletMetrics(text: string): KubeletMetrics {
  const series = readSeries(text);
  const sum = (names: readonly string[], wanted: Readonly<Record<string, string>> = {}): Maybe<number> => {
    const found = series.filter(
      ({ name, labels }) =>
        names.includes(name) && Object.entries(wanted).every(([label, value]) => labels.get(label) === value),
    );
    if (found.length > 0) return found.reduce((total, { value }) => total + value, 0);
    const known = series.some(({ name }) => names.includes(name));
    // A counter comes into being with its first event.
    return known ? 0 : missing('absent', `this kubelet has no ${names[0]}`);
  };
  const operations = (operation: string) =>
    sum(['kubelet_runtime_operations_total', 'kubelet_runtime_operations'], { operation_type: operation });
  const podCgroups = (operation: string) =>
    sum(['kubelet_cgroup_manager_duration_seconds_count', 'kubelet_cgroup_manager_latency_microseconds_count'], {
      operation_type: operation,
    });
  const relists = sum(['kubelet_pleg_relist_duration_seconds_count']);
  const relistTotal = sum(['kubelet_pleg_relist_duration_seconds_sum']);
  return {
    version:
      series.find(({ name }) => name === 'kubernetes_build_info')?.labels.get('git_version') ??
      missing('absent', 'this kubelet has no kubernetes_build_info'),
    startedSeconds: sum(['process_start_time_seconds']),
    podCgroupsCreated: podCgroups('create'),
    podCgroupsRemoved: podCgroups('destroy'),
    containersCreated: operations('create_container'),
    containersRemoved: operations('remove_container'),
    sandboxesCreated: operations('run_podsandbox'),
    sandboxesRemoved: operations('remove_podsandbox'),
    relistSeconds:
      typeof relists === 'number' && typeof relistTotal === 'number' && relists > 0
        ? relistTotal / relists
        : missing('absent', 'this kubelet does not tell how long a relist takes'),
    relists,
    requests: requestsIn(series),
  };
}

function requestsIn(series: readonly Series[]): KubeletMetrics['requests'] {
  const counts = new Map<string, number>();
  for (const { name, labels, value } of series) {
    const path = name === 'kubelet_http_requests_total' ? labels.get('path') : undefined;
    if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + value);
  }
  if (counts.size === 0) return missing('absent', 'this kubelet has no kubelet_http_requests_total');
  return [...counts]
    .map(([path, count]) => ({ path, count }))
    .sort((a, b) => b.count - a.count || a.path.localeCompare(b.path))
    .slice(0, MOST_PATHS);
}

interface Series {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const LINE = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Only what is asked for is kept: a kubelet has ten thousand lines of others. */
const WANTED =
  /^(?:kubernetes_build_info|process_start_time_seconds|kubelet_(?:runtime_operations|cgroup_manager_(?:duration|latency)\w*_count|pleg_relist_duration|http_requests_total))/;

function readSeries(text: string): readonly Series[] {
  const found: Series[] = [];
  for (const line of text.split('\n')) {
    if (!WANTED.test(line)) continue;
    const [, name, labels = '', number] = LINE.exec(line) ?? [];
    const value = Number(number);
    if (name === undefined || !Number.isFinite(value)) continue;
    found.push({
      name,
      labels: new Map([...labels.matchAll(LABEL)].map(([, key = '', text = '']) => [key, text])),
      value,
    });
  }
  return found;
}
