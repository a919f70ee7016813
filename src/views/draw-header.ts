import { isKnown, isMissing, type Missing } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import { ageBehind } from '../format/age.ts';
import { clockTime, utcOffset } from '../format/clock-time.ts';
import { type Part, spread } from '../format/fit.ts';
import { bytes, count, duration, percent } from '../format/quantity.ts';
import { type Run, run, type StyledLine } from '../format/styled.ts';
import { valueText } from '../format/value.ts';
import type { Model } from '../model/model.ts';
import { momentOf } from '../model/moments.ts';
import { linesAbove } from './pane-size.ts';
import { type Replaying, type Size, type State, shownModel } from './state.ts';

const NAME = run(' slabtop-k8s ', { inverse: true });

/** The first line: which node this is, whether what is shown is now, and what the tool itself costs. */
export function drawHeader(state: State): StyledLine {
  const model = shownModel(state);
  if (model === undefined)
    return spread([{ rank: 0, runs: [NAME] }], [{ rank: 0, runs: [stateRun(state)] }], state.size.columns);
  const right: Part[] = [
    { rank: 0, runs: [stateRun(state)] },
    { rank: 5, runs: [run(rhythm(state))] },
    { rank: 1, runs: [run(clockTime(model.instant.at))] },
    { rank: 7, runs: [run(utcOffset(model.instant.at))] },
    ...(isKnown(model.self.rssBytes) ? [{ rank: 6, runs: [run(`self ${selfCost(model)}`, { ink: 'dim' })] }] : []),
  ];
  const left = [{ rank: 0, runs: [NAME] }, ...identity(model), ...machine(state)];
  return [...spread(left, right, state.size.columns - 1), run(' ')];
}

function identity(model: Model): Part[] {
  const { host, kubelet } = model;
  const parts: Part[] = [];
  const add = (rank: number, ...runs: Run[]) => parts.push({ rank, runs });
  add(2, run(valueText(host.name, printable), { bold: true }));
  add(3, run(`Linux ${valueText(host.kernel, printable)}`));
  if (isKnown(host.cgroup)) {
    add(4, run(`cgroup ${host.cgroup}${isKnown(host.hybrid) && host.hybrid ? ', hybrid' : ''}`));
  } else add(4, run('no memory cgroup', { ink: 'yellow' }));
  if (isKnown(host.cpus.possible)) add(9, run(cpus(model)));
  if (isKnown(host.uptimeSeconds)) add(10, run(`up ${duration(host.uptimeSeconds)}`));
  add(8, isKnown(kubelet) ? run(`kubelet ${kubelet.pid}`) : run(noKubelet(kubelet), { ink: 'dim' }));
  return parts;
}

/** That none runs is said where somebody has looked lately. */
function noKubelet({ unavailable }: Missing): string {
  return unavailable === 'absent' || unavailable === 'gone' ? 'no kubelet' : 'kubelet unknown';
}

/** Only where there is room: it explains nothing that the rest does not. */
function machine({ machine: made }: State): Part[] {
  return made === undefined ? [] : [{ rank: 12, runs: [run(printable(made), { ink: 'dim' })] }];
}

/** The possible CPUs are a factor of a read's cost, and often far more than the online ones. */
function cpus({ host }: Model): string {
  const online = valueText(host.cpus.online, count);
  const possible = valueText(host.cpus.possible, count);
  return online === possible ? `${online} CPUs` : `${online} CPUs (${possible} possible)`;
}

function selfCost(model: Model): string {
  const { cpuPct, pssBytes, rssBytes } = model.self;
  const memory =
    isMissing(pssBytes) && pssBytes.unavailable === 'unsupported'
      ? `${valueText(rssBytes, bytes)} RSS`
      : `${valueText(pssBytes, bytes)}${ageBehind(model, momentOf(model, 'selfMemory'))}`;
  return `${valueText(cpuPct, percent)}  ${memory}`;
}

/** How often the kernel is read; in a replay, how far it has come. */
function rhythm({ replay, model, intervalSeconds }: State): string {
  if (replay === undefined || model === undefined) return `every ${intervalSeconds.toFixed(1)} s`;
  const { first, last } = replay;
  const share = last > first ? (model.instant.at - first) / (last - first) : 1;
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} % of ${duration((last - first) / 1000)}`;
}

function replayRun({ name: file, playing, speed, filling, following, about }: Replaying, size: Size): Run {
  // Where there is no line for what it says of itself, its name must not be taken for the truth.
  const madeUp = about !== undefined && linesAbove(size) < 3 && file === 'demo';
  const name = madeUp ? 'demo of captures' : printable(file);
  const times = speed === 1 ? '' : ` ${speed}×`;
  if (filling) return run(`${name}, filling the graphs`, { ink: 'cyan' });
  if (following) return run(`${name}, following`, { ink: 'cyan' });
  return playing
    ? run(`${name} ▶${times}`, { ink: 'cyan' })
    : run(`${name} PAUSED${times}`, { ink: 'yellow', bold: true });
}

function stateRun(state: State): Run {
  if (state.replay !== undefined && state.model !== undefined) return replayRun(state.replay, state.size);
  if (state.paused !== undefined) {
    const { model, paused } = state;
    const back = model === undefined ? 0 : model.instant.monotonicSeconds - paused.model.instant.monotonicSeconds;
    return run(back < 1 ? 'PAUSED' : `PAUSED, ${duration(back)} back`, { ink: 'yellow', bold: true });
  }
  if (state.samplerSilentSeconds !== undefined) {
    return run(`SILENT for ${duration(state.samplerSilentSeconds)}`, { ink: 'red', bold: true });
  }
  if (state.model === undefined) return run('starting', { ink: 'dim' });
  return run(state.origin, { ink: state.origin === 'live' ? 'green' : 'cyan' });
}
