import { isMissing, mapKnown } from '../../../core/missing.ts';
import type { Pseudonyms, RedactionCounts } from '../../../exports/redaction/pseudonyms.ts';
import type { Report } from '../../../exports/report.ts';
import type { Profiled } from '../../../profile/profiled.ts';
import type { RecordingSource } from '../../../recording/recording-source.ts';
import { shownProfile } from '../../../views/capture-state.ts';
import type { State } from '../../../views/state.ts';
import { type Captured, reportOf } from '../../base/report-of.ts';
import type { Settings } from '../../base/settings.ts';
import { thresholdsOf } from '../../base/thresholds-of.ts';
import { Player } from '../../replay/player.ts';
import type { BundleSource } from '../bundle/make-bundle.ts';
import { type Exportable, screenOf } from '../render-export.ts';
import { CannotRedact } from './cannot-redact.ts';
import { redactRecording } from './redact-recording.ts';

/** Playing an hour again takes seconds, in which the screen has keys to obey. */
const SLICE_MS = 25;

/**
 * What an export without names is made from: the recording with pseudonyms, and the report and the screen that it
 * gives when it is played again up to the moment of the original. Graphs and growth reach back as far as the recording.
 */
export async function redactedSource(
  settings: Pick<Settings, 'thresholds'>,
  { report, screen }: Exportable,
  original: RecordingSource,
): Promise<BundleSource> {
  const { recording, pseudonyms } = await redactRecording(original);
  const player = new Player(recording, 'redacted', thresholdsOf(settings.thresholds));
  const arrived = player.jump(report.model.instant.at);
  if (isMissing(arrived)) throw new CannotRedact(arrived.detail ?? 'this moment is no longer in memory');
  while (!player.fill(SLICE_MS, () => performance.now())) await new Promise((settle) => setImmediate(settle));
  const { observer } = player;
  const redacted = reportOf(settings, observer, observer.model, captures(pseudonyms, report));
  return {
    exportable: {
      report: redacted,
      screen: sameScreen(screen, screenOf(redacted, observer.history, screen.origin), redacted),
    },
    recording,
    redacted: sentences(pseudonyms.counts()),
  };
}

/** Symbols of programs and system calls are public; where they were taken from is not. */
function captures(pseudonyms: Pseudonyms, { profile, trace }: Report): Captured {
  const redacted = profile === undefined ? undefined : redactProfile(pseudonyms, profile);
  return {
    ...(redacted === undefined ? {} : { profile: redacted }),
    ...(trace === undefined ? {} : { trace: { ...trace, origin: 'a trace', issues: [] } }),
  };
}

function redactProfile(pseudonyms: Pseudonyms, profiled: Profiled): Profiled {
  const { profile, executable } = profiled;
  const base = (path: string) => pseudonyms.text(path.slice(path.lastIndexOf('/') + 1));
  return {
    ...profiled,
    origin: 'a profile',
    executable: base(executable),
    profile: { ...profile, executable: mapKnown(profile.executable, base) },
  };
}

/** The pane and the size that were looked at; what was typed or selected there may be a name. */
function sameScreen(looked: State, fresh: State, { profile, trace }: Captured): State {
  return {
    ...fresh,
    pane: looked.pane,
    size: looked.size,
    theme: looked.theme,
    profile: profile === undefined ? fresh.profile : shownProfile(profile),
    trace: { ...fresh.trace, result: trace },
  };
}

function sentences(counts: RedactionCounts): string[] {
  const { node, namespace, pod, workload, cgroup, podUid, containerId } = counts;
  return [
    `names of nodes (${node}), namespaces (${namespace}), pods (${pod}) what made the pods (${workload}) and of cgroups that are neither a pod's nor a unit's (${cgroup}) are numbered pseudonyms`,
    `UUIDs and uids of pods (${podUid}) and ids of containers (${containerId}), short forms included, are numbers in their own form`,
    'of command lines only names of flags, numbers and switches are left, of programs their names; of mount tables only cgroups; of open files only those of cgroups',
    'folders of exported files, and where a profile or a trace came from, are left out',
    'names of one or two letters, and words that kernel and kubelet use themselves, are replaced only where they can be nothing but a name',
    'left as they were: the kernel, names of slab caches, systemd units and processes, unless they are named like a pod, a namespace or a node',
  ];
}
