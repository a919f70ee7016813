import { stringify } from 'yaml';

/** Where the archive with the plugin is, and what it is known by. */
export interface KrewOptions {
  readonly archiveUrl: string;
  readonly archiveSha256: string;
}

/** The manifest by which krew installs `kubectl slabtop`. https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/ */
export function encodeKrewManifest({ archiveUrl, archiveSha256 }: KrewOptions, version: string): string {
  return stringify(
    {
      apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
      kind: 'Plugin',
      metadata: { name: 'slabtop' },
      spec: {
        version: `v${version}`,
        shortDescription: 'Is kubelet hot because of dying memory cgroups',
        description:
          'Starts slabtop-k8s on a node, in a privileged pod of its own that is removed however it ends. Shows whether dying memory cgroups make memory.stat slow and kubelet hot, and what helps.',
        platforms: [
          {
            selector: { matchLabels: { os: 'linux', arch: 'amd64' } },
            uri: archiveUrl,
            sha256: archiveSha256,
            bin: 'bin/kubectl-slabtop',
            files: [{ from: 'slabtop-k8s/*', to: '.' }],
          },
        ],
      },
    },
    { lineWidth: 0 },
  );
}
