import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { bytes } from '../../format/quantity.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import type { Model } from '../../model/model.ts';
import type { ProfileState } from '../capture-state.ts';
import { progressBar } from '../progress-bar.ts';

/** What stands in the place of a profile: how far it is, why there is none, or how to get one for this node. */
export function drawNoProfile(
  profile: Exclude<ProfileState, { kind: 'taken' }>,
  model: Model,
  columns: number,
): StyledLine[] {
  const said = (text: string, ink: 'default' | 'yellow'): StyledLine[] =>
    wrapText(printable(text), Math.max(1, columns - 2)).map((line) => [run(` ${line}`, { ink })]);
  if (profile.kind === 'loading') {
    const { progress } = profile;
    const size = progress === undefined ? '' : `, ${bytes(progress.bytes)}`;
    return [
      ...said(`taking a profile from ${profile.origin}${size}`, 'default'),
      [],
      progressBar(progress, columns - 2),
    ];
  }
  const failed = profile.kind === 'failed' ? [...said(`no profile: ${profile.reason}`, 'yellow'), []] : [];
  return [
    ...failed,
    ...said('A CPU profile of kubelet shows what it spends its time on. To see one here:', 'default'),
    [],
    ...ways(model).flatMap(({ how, commands }) => [
      ...said(how, 'default'),
      ...commands.flatMap((command) => commandLines(command, columns)),
      [],
    ]),
  ];
}

/** A command to be copied: what does not fit goes on in the next line as a shell wants it. */
function commandLines(command: string, columns: number): StyledLine[] {
  const lines = wrapText(command, Math.max(1, columns - 3 - CONTINUED.length));
  return lines.map((line, at) => [run(`   ${line}${at < lines.length - 1 ? CONTINUED : ''}`, { bold: true })]);
}

const CONTINUED = ' \\';

function ways({ host }: Model): readonly { readonly how: string; readonly commands: readonly string[] }[] {
  const name = isMissing(host.name) ? 'NODE' : host.name.toLowerCase();
  // A host's name is the node's unless kubelet was told another one; what no node can be called is not put in a command.
  const node = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) ? name : 'NODE';
  return [
    {
      how: 'On this node, with a token that may get nodes/proxy:',
      commands: [
        'slabtop-k8s --profile https://127.0.0.1:10250 --token-file FILE --ca-file /var/lib/kubelet/pki/kubelet.crt',
      ],
    },
    {
      how: 'Where kubectl works, then here with the file:',
      commands: [
        `kubectl get --raw '/api/v1/nodes/${node}/proxy/debug/pprof/profile?seconds=30' > kubelet.pb.gz`,
        'slabtop-k8s --profile kubelet.pb.gz',
      ],
    },
    { how: 'Where kubectl and this program are, as a report:', commands: [`slabtop-k8s profile --node ${node}`] },
  ];
}
