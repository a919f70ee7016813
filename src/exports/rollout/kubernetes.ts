import type { DaemonSet } from 'kubernetes-types/apps/v1';
import type { Container, Namespace, Service } from 'kubernetes-types/core/v1';
import { stringify } from 'yaml';

/** What the manifests are made for. */
export interface ManifestOptions {
  /** The image with this program as its entry point. */
  readonly image: string;
  readonly namespace: string;
  /** Adds a PodMonitor for the Prometheus operator. */
  readonly podMonitor: boolean;
}

/** Outside the ports of NodePorts and of the kubelet's own family (10248 to 10259); 9100 to 9999 are all given away. */
export const METRICS_PORT = 10_047;

const NAME = 'slabtop-k8s';
const LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'exporter' };
/** All of them: a pod of `kubectl slabtop` has the same name, and a DaemonSet adopts what its selector finds. */
const SELECTOR = LABELS;

/**
 * Namespace, DaemonSet and headless Service, as one YAML stream. The pod has the node's root, read-only, and nothing
 * else that a pod has to ask for: no host namespaces, no capability, no service account token. Measured: nothing that is
 * a metric needs more, since `/host/proc` is the node's whatever namespaces the pod has.
 */
export function encodeManifests(options: ManifestOptions, version: string): string {
  const { namespace, podMonitor } = options;
  const documents: object[] = [namespaceOf(namespace), daemonSetOf(options), serviceOf(namespace)];
  if (podMonitor) documents.push(podMonitorOf(namespace));
  const head = `# Made by slabtop-k8s ${version}: slabtop-k8s print kubernetes\n`;
  return head + documents.map((each) => stringify(each, { lineWidth: 0 })).join('---\n');
}

/** hostPath takes a namespace that enforces nothing less than `privileged`. */
function namespaceOf(name: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'pod-security.kubernetes.io/enforce': 'privileged', 'pod-security.kubernetes.io/warn': 'baseline' },
    },
  };
}

function daemonSetOf({ image, namespace }: ManifestOptions): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: NAME, namespace, labels: LABELS },
    spec: {
      selector: { matchLabels: SELECTOR },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: { labels: LABELS },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          // A node that is sick, full or cordoned is the one that matters.
          tolerations: [{ operator: 'Exists' }],
          containers: [containerOf(image)],
          volumes: [{ name: 'root', hostPath: { path: '/', type: 'Directory' } }],
        },
      },
    },
  };
}

function containerOf(image: string): Container {
  return {
    name: 'exporter',
    image,
    args: ['serve', '--host-root', '/host', '--read-only', '--web.listen-address', `:${METRICS_PORT}`],
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    ports: [{ name: 'metrics', containerPort: METRICS_PORT, protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/healthz', port: 'metrics' }, periodSeconds: 30, timeoutSeconds: 5 },
    // Only an event loop that stands still is mended by a restart: one for a stuck read would start another.
    livenessProbe: {
      httpGet: { path: '/livez', port: 'metrics' },
      initialDelaySeconds: 30,
      periodSeconds: 60,
      timeoutSeconds: 10,
      failureThreshold: 5,
    },
    // No CPU limit: throttled within a read, it would hold the kernel's locks for longer.
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [{ name: 'root', mountPath: '/host', readOnly: true, mountPropagation: 'HostToContainer' }],
  };
}

/** Headless: scrapers find the pods by it, and nobody else has a reason to. Annotated here alone: not twice a node. */
function serviceOf(namespace: string): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: NAME,
      namespace,
      labels: LABELS,
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(METRICS_PORT) },
    },
    spec: {
      clusterIP: 'None',
      selector: SELECTOR,
      ports: [{ name: 'metrics', port: METRICS_PORT, targetPort: 'metrics', protocol: 'TCP' }],
    },
  };
}

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor */
function podMonitorOf(namespace: string): object {
  const node = (targetLabel: string) => ({ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: NAME, namespace, labels: LABELS },
    spec: {
      selector: { matchLabels: SELECTOR },
      sampleLimit: 300,
      podMetricsEndpoints: [
        {
          port: 'metrics',
          interval: '60s',
          scrapeTimeout: '10s',
          // The operator adds the pod's namespace; in ours it is that of the workload.
          honorLabels: true,
          // A pod's name changes with every roll-out; the node's does not.
          relabelings: [node('node'), node('instance')],
        },
      ],
    },
  };
}
