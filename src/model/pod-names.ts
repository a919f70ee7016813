import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { PodsSample } from '../samplers/pods.ts';
import { parseKubepodsPath, type QosClass } from '../sources/kubernetes/kubepods.ts';
import type { PodName } from '../sources/kubernetes/pod-log-folders.ts';
import { unitOf } from '../sources/kubernetes/unit.ts';

/** Whose a cgroup is. */
export interface Owner {
  /** `namespace/pod`, or the pod's uid where its name is not known; `absent` for what belongs to no pod. */
  readonly pod: Maybe<string>;
  /** What the pod calls the container. */
  readonly container: Maybe<string>;
  /** The container's id, shortened as crictl shows it, or the systemd unit. */
  readonly unit: Maybe<string>;
  readonly qos: Maybe<QosClass>;
}

/** As long as crictl and docker show container ids. */
const SHORT_ID = 13;

const NOT_LISTED = missing('warming-up', 'the container logs have not been listed yet');

const NO_CONTAINER = missing('absent', 'not a container');

const NO_POD = missing('absent', 'belongs to no pod');

/** Joins cgroup paths with pod names. Owners are kept: the grammar costs a microsecond, and paths hardly change. */
export class PodNames {
  #names: ReadonlyMap<string, Maybe<PodName>> = new Map();
  #containers: PodsSample['containers'] = NOT_LISTED;
  #owners = new Map<string, Owner>();

  /** Takes the names of a new listing. */
  take({ names, containers }: PodsSample): void {
    if (isMissing(names) && isMissing(containers)) return;
    if (!isMissing(names)) this.#names = names;
    this.#containers = containers;
    this.#owners = new Map();
  }

  /** Forgets paths that are gone. */
  forget(paths: readonly string[]): void {
    for (const path of paths) this.#owners.delete(path);
  }

  /** Whose the cgroup at `path` is. */
  ownerOf(path: string): Owner {
    const known = this.#owners.get(path);
    if (known !== undefined) return known;
    const owner = this.#find(path);
    this.#owners.set(path, owner);
    return owner;
  }

  #find(path: string): Owner {
    const parsed = parseKubepodsPath(path);
    if (parsed === 'not-kubernetes' || parsed.kind === 'root') {
      return { pod: NO_POD, container: NO_CONTAINER, unit: unitOf(path), qos: missing('absent', 'not below kubepods') };
    }
    if (parsed.kind === 'qos') return { pod: NO_POD, container: NO_CONTAINER, unit: NO_POD, qos: parsed.qos };
    const name = this.#names.get(parsed.podUid);
    const pod = name === undefined || isMissing(name) ? parsed.podUid : `${name.namespace}/${name.pod}`;
    const container = parsed.kind === 'pod' ? undefined : parsed.container;
    return {
      pod,
      container: container === undefined ? NO_CONTAINER : this.#nameOf(container.id),
      unit: container === undefined ? NO_CONTAINER : container.id.slice(0, SHORT_ID),
      qos: parsed.qos,
    };
  }
  #nameOf(id: string): Maybe<string> {
    if (isMissing(this.#containers)) return this.#containers;
    // A pod's sandbox has a cgroup and no link.
    return (
      this.#containers.get(id)?.container ?? missing('absent', 'no log of this id: a sandbox, or an older container')
    );
  }
}
