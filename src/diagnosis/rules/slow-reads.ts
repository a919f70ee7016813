import { isMissing, missing } from '../../core/missing.ts';
import type { Severity } from '../../core/severity.ts';
import { ONLY_A_PART, seesOnlyPart } from '../../model/root-read.ts';
import { readSeverity } from '../../model/threshold-severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Evidence, Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import type { TimedFile, WorstRead } from '../read-times.ts';
import { againstDying } from './against-dying.ts';
import { amount, evidence } from './inputs.ts';
import { type Known, type Rule, told, untold } from './rule.ts';

/** Reading `memory.stat`: the sickness itself. */
export const slowMemoryStat: Rule = ruleOf('slow-memory-stat', 'memory.stat');

/** Reading `memory.numa_stat`: walks every dying cgroup on kernels whose memory.stat is fixed (RHEL 8.3, 5.4). */
export const slowNumaStat: Rule = ruleOf('slow-numa-stat', 'memory.numa_stat');

/** Reading the root's `memory.usage_in_bytes`: a walk up to 5.2, where every other cgroup has a counter. */
export const slowRootUsage: Rule = ruleOf('slow-root-usage', 'memory.usage_in_bytes');

function ruleOf(id: 'slow-memory-stat' | 'slow-numa-stat' | 'slow-root-usage', file: TimedFile): Rule {
  return {
    id,
    inputs: ['reads[].wallSeconds', 'reads[].cpuSeconds', 'probes.inFlight.since.monotonicSeconds', 'memcg.dying'],
    evaluate: (known) => {
      const v2 = known.model.host.cgroup === 'v2';
      if (v2 && file !== 'memory.stat') return told(id, 'ok', { id: 'read.v1-only', values: { file } });
      const read = known.reads[file];
      if (isMissing(read)) return untold(id, read);
      const severity = readSeverity(read.wallSeconds, read.cpuSeconds, known.thresholds);
      if (severity === 'ok' && !read.rootKnown) {
        const notRead = missing('warming-up', `${file} of the root has not been read yet`);
        const reason = seesOnlyPart(known.model.host) ? ONLY_A_PART : notRead;
        return untold(id, reason, { evidence: restsOn(read, known.thresholds) });
      }
      return findingOf(id, file, read, severity, known);
    },
  };
}

function findingOf(
  id: Rule['id'],
  file: TimedFile,
  read: WorstRead,
  severity: Exclude<Severity, 'unknown'>,
  known: Known,
): Finding {
  const says = known.measured.find((each) => each.item === file);
  const explained: Sentence[] =
    says === undefined ? [] : [{ id: 'kernel.says', values: { statement: says.statement } }];
  const details = severity === 'ok' ? explained : [...cpuOf(read), ...causeOf(known), ...explained];
  const sick = severity === 'critical' || severity === 'warning';
  return told(id, severity, titleOf(file, read, severity, known.thresholds), {
    details,
    evidence: restsOn(read, known.thresholds),
    remedies: sick ? ['housekeeping-interval', ...againstDying(known)] : [],
  });
}

function titleOf(file: TimedFile, read: WorstRead, severity: Severity, limits: Thresholds): Sentence {
  const values = { path: read.path, file, seconds: read.wallSeconds };
  if (severity === 'ok') return { id: 'read.quick', values };
  if (read.inFlight) return { id: 'read.in-flight', values };
  if (!isMissing(read.cpuSeconds) && read.cpuSeconds < limits.readWarningSeconds) {
    return { id: 'read.waits', values: { ...values, cpuSeconds: read.cpuSeconds } };
  }
  return { id: 'read.slow', values };
}

function cpuOf({ cpuSeconds, wallSeconds }: WorstRead): Sentence[] {
  return isMissing(cpuSeconds) ? [] : [{ id: 'read.cpu', values: { cpuSeconds, wallSeconds } }];
}

function causeOf({ model }: Known): Sentence[] {
  const dying = amount(model.memcg.dying);
  const possible = amount(model.host.cpus.possible);
  return isMissing(dying) || isMissing(possible) ? [] : [{ id: 'read.cause', values: { dying, possible } }];
}

function restsOn(read: WorstRead, limits: Thresholds): readonly Evidence[] {
  const of = { of: read.path };
  if (read.inFlight) {
    return [
      evidence('probes.inFlight.since.monotonicSeconds', read.wallSeconds, {
        ...of,
        threshold: limits.readCriticalSeconds,
      }),
    ];
  }
  return [
    evidence('reads[].wallSeconds', read.wallSeconds, { ...of, threshold: limits.readWarningSeconds }),
    evidence('reads[].cpuSeconds', read.cpuSeconds, of),
  ];
}
