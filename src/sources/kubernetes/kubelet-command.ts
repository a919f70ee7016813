import { isMissing, type Maybe, mapKnown, missing } from '../../core/missing.ts';
import { parseGoDuration } from './go-duration.ts';
import { type KubeletFlavour, kubeletFlavourOf, type ProcessCommand } from './kubelet-flavour.ts';

/** What a kubelet's command line tells. A flag that is not given is `absent`: its default is the release's own. */
export interface KubeletCommand {
  readonly flavour: KubeletFlavour;
  /** `--housekeeping-interval`: how often cAdvisor reads a cgroup's files, `memory.stat` among them; 10 s if not given. */
  readonly housekeepingSeconds: Maybe<number>;
  /** A release such as `v1.28.12` in the path of the executable (rke2, minikube); `absent` elsewhere. */
  readonly version: Maybe<string>;
}

/** Parses the command of a process; `'not-kubelet'` where it runs none (the rules are `kubeletFlavourOf`'s). */
export function parseKubeletCommand(process: ProcessCommand): KubeletCommand | 'not-kubelet' {
  const flavour = kubeletFlavourOf(process);
  if (flavour === 'not-kubelet') return flavour;
  const flags = indexFlags(process.argv);
  const flag = (name: string): Maybe<string> => flags.get(name) ?? missing('absent', whyAbsent(flavour, name));
  return {
    flavour,
    housekeepingSeconds: mapKnown(flag('housekeeping-interval'), parseGoDuration),
    version: versionOf(process),
  };
}

/**
 * The flags by name, as pflag reads them: `--flag=value` or `--flag value`, `_` is as good as `-`, the last one wins,
 * `--` ends them. k3s hands kubelet its flags as `--kubelet-arg=flag=value`.
 */
function indexFlags(argv: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (let index = 1; index < argv.length && argv[index] !== '--'; index += 1) {
    const [, name = '', inPlace] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[index] ?? '') ?? [];
    const next = argv[index + 1];
    const value = inPlace ?? (next === undefined || next.startsWith('-') ? undefined : next);
    if (name === '' || value === undefined) continue;
    const [, innerName, innerValue] = (name === 'kubelet-arg' && /^(?:--)?([^=]+)=(.*)$/s.exec(value)) || [];
    flags.set((innerName ?? name).replaceAll('_', '-'), innerValue ?? value);
  }
  return flags;
}

function whyAbsent(flavour: KubeletFlavour, name: string): string {
  if (flavour === 'kubelite' || flavour === 'openshift' || flavour === 'microshift')
    return `${flavour} takes --${name} from a file, not from its command line`;
  if (flavour === 'k3s-server' || flavour === 'k3s-agent') return 'k3s hides its command line';
  return `the command line has no --${name}`;
}

function versionOf({ argv, executable }: ProcessCommand): Maybe<string> {
  const paths = isMissing(executable) ? [argv[0] ?? ''] : [executable, argv[0] ?? ''];
  const version = paths.map((path) => /(?:^|[/-])(v1\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9])/.exec(path)?.[1]).find(Boolean);
  return version ?? missing('absent', 'no release in the path of the executable');
}
