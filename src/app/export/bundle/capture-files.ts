import { encodeFlameSvg } from '../../../exports/flame-svg.ts';
import type { Report } from '../../../exports/report.ts';
import { encodeFolded } from '../../../profile/folded.ts';
import type { BundleFile } from './pack-bundle.ts';

/** The profile and the trace of kubelet as files of their own, where somebody took them. */
export function captureFiles({ profile, trace }: Pick<Report, 'profile' | 'trace'>): readonly BundleFile[] {
  const files: BundleFile[] = [];
  if (profile !== undefined) {
    const { tree, executable } = profile;
    const title = `CPU profile of ${executable}`;
    files.push(
      file('profile.folded', 'folded stacks', 'the CPU profile of kubelet', encodeFolded(tree)),
      file('profile.svg', 'SVG', 'its flame graph', encodeFlameSvg(tree, { title, notes: [] })),
    );
  }
  if (trace !== undefined) {
    const text = `${JSON.stringify(trace, undefined, 2)}\n`;
    files.push(file('trace.json', 'JSON', "strace of kubelet's system calls, counted", text));
  }
  return files;
}

function file(path: string, format: string, about: string, text: string): BundleFile {
  return { path, format, about, bytes: Buffer.from(text) };
}
