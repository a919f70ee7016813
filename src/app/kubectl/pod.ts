import type { Pod } from 'kubernetes-types/core/v1';
import type { PluginArguments } from './arguments.ts';
import { WAIT_ARGUMENT } from './protocol.ts';

/** Labels of the pods of this plugin: what is left of one that was killed is found by them. */
export const SESSION_LABELS = { 'app.kubernetes.io/name': 'slabtop-k8s', 'app.kubernetes.io/component': 'session' };

/**
 * How the image is started: it has no shell and nothing on PATH. The same words as ENTRYPOINT in the Containerfile,
 * which a test holds.
 */
export const IN_IMAGE = [
  '/opt/slabtop-k8s/lib/ld-linux-x86-64.so.2',
  '--inhibit-cache',
  '--library-path',
  '/opt/slabtop-k8s/lib',
  '/opt/slabtop-k8s/lib/node',
  '--single-threaded',
  '--predictable',
  '--memory-reducer',
  '--min-semi-space-size=2',
  '--max-semi-space-size=2',
  '--heap-growing-percent=30',
  '--no-minor-gc-task',
  '/opt/slabtop-k8s/lib/slabtop-k8s-start.cjs',
] as const;

/** The name of the pod's only container. */
export const CONTAINER = 'slabtop-k8s';

/**
 * A privileged pod on one node, which waits until a screen is started in it. It sees the node's processes and its root
 * folder, has no token, and ends by itself after its deadline.
 */
export function sessionPod(name: string, { node, image, allowDrop, deadlineSeconds }: PluginArguments): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: SESSION_LABELS },
    spec: {
      nodeName: node,
      hostPID: true,
      restartPolicy: 'Never',
      activeDeadlineSeconds: deadlineSeconds,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: CONTAINER,
          image,
          command: [...IN_IMAGE],
          args: [WAIT_ARGUMENT],
          stdin: false,
          securityContext: { privileged: true, runAsUser: 0 },
          env: [{ name: 'NODE_NAME', value: node }],
          resources: { requests: { cpu: '10m', memory: '64Mi' } },
          volumeMounts: [
            { name: 'root', mountPath: '/host', readOnly: !allowDrop, mountPropagation: 'HostToContainer' },
          ],
        },
      ],
      volumes: [{ name: 'root', hostPath: { path: '/', type: 'Directory' } }],
    },
  };
}

/** A name that sorts by node and that no other session has. */
export function podName(node: string, random: string): string {
  const short = node.replaceAll('.', '-').slice(0, 40).replace(/-+$/, '');
  return `slabtop-${short}-${random}`;
}
