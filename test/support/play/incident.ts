import type { OpenMemoryFile, PlayedKubelet, Scene, Script } from './scene.ts';

/** The memory hierarchy of the played node. */
export const MEMORY = '/sys/fs/cgroup/memory';

/** The incident that is played; what is left out is as it was seen on a sick 4.4.155. */
export interface Incident {
  readonly dying?: number;
  readonly dyingPerHour?: number;
  /** What a read of the root takes at the start; those below take in proportion. */
  readonly rootSeconds?: number;
  /** Between two rounds of cAdvisor. */
  readonly restSeconds?: number;
  /** Nothing falls for so long after a drop; then slowly; and at `collapseSeconds` all within 2 s. */
  readonly plateauSeconds?: number;
  readonly collapseSeconds?: number;
  /** What is left after it; `all`: they are pinned by something that no drop frees. */
  readonly dyingAfter?: number | 'all';
}

const KUBELET_PID = 1342;

/** How much of the root's read time one of the others takes. */
const PART: Readonly<Record<string, number>> = {
  '/': 1,
  '/kubepods': 0.95,
  '/kubepods/burstable': 0.9,
  '/kubepods/besteffort': 0.02,
};

/** Of a healthy kubelet: a tenth of a core, some of it in the kernel. */
const CALM: Pick<PlayedKubelet, 'userPct' | 'systemPct'> = { userPct: 8, systemPct: 5 };

/**
 * Dying cgroups grow, `memory.stat` of the ancestors takes seconds, and kubelet spends its time in these reads. A drop
 * of mode 2 or 3 frees them: late, as that kernel does.
 */
export function incident(wanted: Incident = {}): Script {
  const { dying = 7000, dyingPerHour = 3600, rootSeconds = 3, restSeconds = 0.5 } = wanted;
  const { plateauSeconds = 12, collapseSeconds = 30, dyingAfter = 188 } = wanted;
  return (seconds, drops) => {
    const grown = (at: number) => Math.round(dying + (at / 3600) * dyingPerHour);
    const drop = dyingAfter === 'all' ? undefined : drops.find(({ mode }) => mode !== 1);
    const now = drop === undefined ? grown(seconds) : left(seconds - drop.atSeconds, grown(drop.atSeconds));
    const readSeconds = Object.fromEntries(
      Object.entries(PART).map(([path, part]) => [path, Math.max(0.01, (part * rootSeconds * now) / dying)]),
    );
    return {
      dying: now,
      kubelet: { pid: KUBELET_PID, ...kubeletAt(seconds, readSeconds, restSeconds) },
      readSeconds: Object.fromEntries(
        Object.entries(readSeconds).map(([path, took]) => [`${MEMORY}${slash(path)}memory.stat`, took]),
      ),
    };
  };

  function left(sinceSeconds: number, before: number): number {
    if (sinceSeconds <= plateauSeconds) return before;
    const slowly = before - Math.round((sinceSeconds - plateauSeconds) * 10);
    if (sinceSeconds <= collapseSeconds) return slowly;
    const part = Math.max(0, 1 - (sinceSeconds - collapseSeconds) / 2);
    return Math.max(Number(dyingAfter), Math.round(slowly * part));
  }
}

/** What kubelet does at a moment of its round: one read after the other, then a rest. */
function kubeletAt(
  seconds: number,
  readSeconds: Readonly<Record<string, number>>,
  restSeconds: number,
): Omit<PlayedKubelet, 'pid'> {
  const round = Object.values(readSeconds).reduce((sum, took) => sum + took, restSeconds);
  // Every file that a round has read is closed again at its end.
  let left = seconds % round;
  for (const [path, took] of Object.entries(readSeconds)) {
    if (left < took) {
      const open: OpenMemoryFile[] = [{ path, file: 'memory.stat', position: 0 }];
      return took < 0.1 ? { ...CALM, open } : { userPct: 4, systemPct: 97, open };
    }
    left -= took;
  }
  return { ...CALM, open: [] };
}

/** A cgroup's folder with a slash at its end. */
function slash(path: string): string {
  return path === '/' ? '/' : `${path}/`;
}

/** A node on which nothing is the matter: kubelet calm, nothing dying, reads quick. */
export function healthy(scene: Partial<Scene> = {}): Script {
  return () => ({
    dying: 3,
    kubelet: { pid: KUBELET_PID, ...CALM, open: [] },
    readSeconds: Object.fromEntries(Object.keys(PART).map((path) => [`${MEMORY}${slash(path)}memory.stat`, 0.005])),
    ...scene,
  });
}
