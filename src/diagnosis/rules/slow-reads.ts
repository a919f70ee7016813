import { isMissing, missing } from '../../core/missing.ts';
import type { Severity } from '../../core/severity.ts';
import { ONLY_A_PART, seesOnlyPart } from '../../model/root-read.ts';
import { readSeverity } from '../../model/threshold-severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { amount } from '../amount.ts';
import { type Evidence, evidence, type Finding } from '../finding.ts';
import { walkedCgroups } from '../many-cgroups.ts';
import type { Sentence } from '../prose/say.ts';
import type { TimedFile, WorstRead } from '../read-times.ts';
import { againstMany } from './against-dying.ts';
import { finding, type Named, type Rule, type RuleContext, unknownFinding } from './rule.ts';

/** Reading `memory.stat`: the sickness itself. */
export const slowMemoryStat = ruleOf({
  id: 'slow-memory-stat',
  file: 'memory.stat',
  about: 'reading memory.stat',
  tells:
    'what the slowest read of memory.stat costs, and whether that is what this kernel is known for; a read that has not come back counts with the time it has taken',
});

/** Reading `memory.numa_stat`: walks every dying cgroup on kernels whose memory.stat is fixed (RHEL 8.3, 5.4). */
export const slowNumaStat = ruleOf({
  id: 'slow-numa-stat',
  file: 'memory.numa_stat',
  about: 'reading memory.numa_stat',
  tells:
    'the same of memory.numa_stat (cgroup v1), which walks every dying cgroup on kernels whose memory.stat is fixed',
});

/** Reading the root's `memory.usage_in_bytes`: a walk up to 5.2, where every other cgroup has a counter. */
export const slowRootUsage = ruleOf({
  id: 'slow-root-usage',
  file: 'memory.usage_in_bytes',
  about: "reading the root's memory.usage_in_bytes",
  tells: 'the same of the usage of the root (cgroup v1), which is a walk and no counter',
});

interface SlowRead<Id extends string> extends Pick<Rule, 'about' | 'tells'> {
  readonly id: Id;
  readonly file: TimedFile;
}

function ruleOf<const Id extends string>({ file, ...rule }: SlowRead<Id>): Rule & { readonly id: Id } {
  return {
    ...rule,
    speaks: (limits, p) =>
      `warning from ${p.seconds(limits.readWarningSeconds)} on, critical from ${p.seconds(limits.readCriticalSeconds)} on`,
    inputs: [
      'reads[].wallSeconds',
      'reads[].cpuSeconds',
      'probes.inFlight.since.monotonicSeconds',
      'memcg.dying',
      'memcg.live',
    ],
    evaluate: (known) => {
      const v2 = known.model.host.cgroup === 'v2';
      if (v2 && file !== 'memory.stat') return finding(rule, 'ok', { id: 'read.v1-only', values: { file } });
      const read = known.reads[file];
      if (isMissing(read)) return unknownFinding(rule, read);
      const severity = readSeverity(read.wallSeconds, read.cpuSeconds, known.thresholds);
      // A leaf that waited for a CPU says as little of the root as a quick one.
      if ((severity === 'ok' || severity === 'info') && !read.rootKnown) {
        const notRead = missing('warming-up', `${file} of the root has not been read yet`);
        const reason = seesOnlyPart(known.model.host) ? ONLY_A_PART : notRead;
        return unknownFinding(rule, reason, { evidence: restsOn(read, known.thresholds) });
      }
      return findingOf(rule, file, read, severity, known);
    },
  };
}

function findingOf(
  rule: Named,
  file: TimedFile,
  read: WorstRead,
  severity: Exclude<Severity, 'unknown'>,
  known: RuleContext,
): Finding {
  const says = known.measured.find((each) => each.item === file);
  const explained: Sentence[] =
    says === undefined ? [] : [{ id: 'kernel.says', values: { statement: says.statement } }];
  const details = severity === 'ok' ? explained : [...cpuOf(read), ...causeOf(known), ...explained];
  const sick = severity === 'critical' || severity === 'warning';
  return finding(rule, severity, titleOf(file, read, severity, known.thresholds), {
    details,
    evidence: restsOn(read, known.thresholds),
    remedies: sick ? ['housekeeping-interval', ...againstMany(known)] : [],
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

function causeOf({ model }: RuleContext): Sentence[] {
  const walked = walkedCgroups(model);
  const possible = amount(model.host.cpus.possible);
  if (isMissing(walked) || isMissing(possible)) return [];
  return [{ id: 'read.cause', values: { live: walked.live, dying: walked.dying, possible } }];
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
