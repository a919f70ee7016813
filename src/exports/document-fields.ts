import { type Described, described, type LeafId } from '../model/fields/field.ts';
import { FIELDS, type ModelFieldId } from '../model/fields.ts';
import { fieldTable } from './field-table.ts';
import type { JsonDocument } from './json.ts';

/** The dotted id of a value of the JSON document; most are those of the model. */
type DocumentFieldId = LeafId<JsonDocument>;

const RULES = 'rules of this tool';
const MATRIX = 'kernel matrix of this tool';
const PINS = 'page counters and memory.stat of parents and live children';
const PROFILE = 'the pprof file';
const STRACE = 'strace -c -f';
const STRACE_TT = 'strace -tt -f';
const FIXED = 'this kernel has the fix';
const UNTIMED = 'no line of the trace has a time';
const NEVER = 'never';

/** Values of the document that are not in the model. */
const OWN_FIELDS: Readonly<Record<Exclude<DocumentFieldId, ModelFieldId>, Described>> = {
  schema: described('label', 'name and version of this form of document', 'this tool', NEVER),
  at: described('time', 'moment of the sample, RFC 3339 in UTC as every time here', 'clock of the node', NEVER),
  'tool.version': described('label', 'version of this tool', 'this tool', NEVER),
  'memcg.heldByDying.pinnedBy': described('label', 'what keeps the dying alive', PINS, 'it cannot be told'),
  'findings[].id': described('label', 'rule that speaks', RULES, NEVER),
  'findings[].severity': described('label', 'critical, warning, unknown, info or ok', RULES, NEVER),
  'findings[].title': described('text', 'what the rule says, in one line', RULES, NEVER),
  'findings[].details[]': described('text', 'what explains it, the arithmetic included', RULES, NEVER),
  'findings[].reason.unavailable': described('label', 'why it is unknown', RULES, 'it is not unknown'),
  'findings[].reason.detail': described('text', 'the same with paths and errnos', RULES, 'it is not unknown'),
  'findings[].evidence[].field': described('label', 'id of a value that it rests on', RULES, NEVER),
  'findings[].evidence[].value': described(
    'text',
    'that value, in the unit of its field',
    RULES,
    'the value is missing',
  ),
  'findings[].evidence[].threshold': described(
    'text',
    'threshold that it was compared with',
    RULES,
    'there is no threshold',
  ),
  'findings[].evidence[].of': described('text', 'cgroup, cache or process that it is of', RULES, 'there is only one'),
  'findings[].remedies[]': described('label', 'what helps against it, best first', RULES, NEVER),
  headline: described('text', 'the verdict in one sentence', RULES, NEVER),
  overall: described('label', 'the worst that is known, as a severity', RULES, NEVER),
  'remedies[].id': described('label', 'what helps this node, best first', RULES, NEVER),
  'remedies[].title': described('text', 'the same in words', RULES, NEVER),
  'remedies[].does': described('text', 'what it does', RULES, NEVER),
  'remedies[].cannot': described('text', 'what it will not do', RULES, NEVER),
  'remedies[].danger': described('text', 'what may happen', RULES, NEVER),
  'remedies[].command': described('text', 'command for this node; nothing runs it', RULES, 'no one command is right'),
  'remedies[].prefer': described('text', 'when another is better', RULES, NEVER),
  'kernel.release': described('text', 'kernel release that was judged', 'host.kernel', NEVER),
  'kernel.family': described('label', 'builder of the kernel', MATRIX, NEVER),
  'kernel.kmemResidue': described('label', 'pin: kernel memory held by the dying keeps them alive', MATRIX, NEVER),
  'kernel.items[].item': described('label', 'file or pin that is judged', MATRIX, NEVER),
  'kernel.items[].status': described('label', 'affected, fixed or unknown; a measurement decides', MATRIX, NEVER),
  'kernel.items[].reason': described('text', 'why', MATRIX, NEVER),
  'kernel.items[].origin': described(
    'label',
    'T source read, M measured, S a public source, K inferred',
    MATRIX,
    NEVER,
  ),
  'kernel.items[].fixedIn': described('label', 'mainline release that fixed it', MATRIX, NEVER),
  'kernel.items[].commits[]': described('label', 'mainline commits of the fix', MATRIX, NEVER),
  'kernel.items[].upgrade': described('text', 'kernel of this family to move to', MATRIX, FIXED),
  'kernel.measured[].item': described('label', 'file that was timed', RULES, NEVER),
  'kernel.measured[].suffers': described('label', 'yes, no or unknown: its reads suffer from the dying', RULES, NEVER),
  'kernel.measured[].agreement': described('label', 'how measurement and matrix stand to each other', RULES, NEVER),
  'kernel.measured[].statement': described('text', 'the same in words', RULES, NEVER),
  'pins.by': described('label', 'what keeps the dying of the node alive', PINS, 'nothing does, or it cannot be told'),
  'pins.recommendedDrop.helps': described('flag', 'a drop of caches would free the dying', RULES, NEVER),
  'pins.recommendedDrop.mode': described('label', 'mode that fits what pins', RULES, 'none would help'),
  'pins.recommendedDrop.sync': described('flag', 'dirty pages must be written first', RULES, 'none would help'),
  'pins.recommendedDrop.why': described('text', 'why this mode, or why none', RULES, NEVER),
  'pins.where[].path': described('text', 'live parent below which they died', PINS, NEVER),
  'pins.where[].pod': described('text', 'pod of that parent', 'its path and /var/log/pods', 'it belongs to no pod'),
  'pins.where[].by': described('label', 'what keeps those alive', PINS, NEVER),
  'pins.where[].bytes': described('bytes', 'everything that they hold', PINS, NEVER),
  'pins.where[].kinds[].kind': described('label', 'kind that counts there, most first', PINS, NEVER),
  'pins.where[].kinds[].bytes': described('bytes', 'what they hold of it', PINS, NEVER),
  'pins.kinds[].kind': described('label', 'kind that counts on the whole node, most first', PINS, NEVER),
  'pins.kinds[].bytes': described('bytes', 'what the dying hold of it', PINS, NEVER),
  'profile.origin': described('text', 'path or URL of the profile; nothing secret', PROFILE, NEVER),
  'profile.executable': described('text', 'file name of the profiled program', PROFILE, NEVER),
  'profile.program': described('label', 'kubelet, cadvisor, other or no-symbols, by its functions', PROFILE, NEVER),
  'profile.answer': described('text', 'what the profile says, in one sentence', PROFILE, NEVER),
  'profile.warnings[]': described('label', 'what to know before a share is believed', PROFILE, NEVER),
  'profile.cpuSeconds': described('seconds', 'CPU time of all samples; undercounts long system calls', PROFILE, NEVER),
  'profile.samples': described('count', 'signals that arrived', PROFILE, 'the profile does not tell'),
  'profile.durationSeconds': described('seconds', 'wall time it was taken over', PROFILE, 'the profile does not tell'),
  'profile.takenAt': described('time', 'when it was taken', PROFILE, 'the profile does not tell'),
  'profile.paths[].id': described('label', 'stretch of work; they overlap', PROFILE, NEVER),
  'profile.paths[].kind': described('label', 'cause, or lookalike: other work that makes kubelet hot', PROFILE, NEVER),
  'profile.paths[].cpuSeconds': described('seconds', 'CPU time of the stacks in it', PROFILE, NEVER),
  'profile.paths[].sharePct': described('pct', 'the same, of all samples', PROFILE, NEVER),
  'profile.paths[].functions[]': described('text', 'functions that it was known by', PROFILE, NEVER),
  'profile.top[].name': described('text', 'function, as go tool pprof -top names it', PROFILE, NEVER),
  'profile.top[].flatSeconds': described('seconds', 'CPU time in the function itself', PROFILE, NEVER),
  'profile.top[].flatPct': described('pct', 'the same, of all samples', PROFILE, NEVER),
  'profile.top[].cumSeconds': described('seconds', 'the same with all that it called', PROFILE, NEVER),
  'profile.top[].cumPct': described('pct', 'the same, of all samples', PROFILE, NEVER),
  'profile.top[].inlined': described('label', 'inlined into its callers: no, partly or always', PROFILE, NEVER),
  'trace.origin': described('text', 'process or file that was traced', 'strace', NEVER),
  'trace.summary.seconds': described('seconds', 'time of all calls, as strace -c counts it', STRACE, NEVER),
  'trace.summary.calls': described('count', 'calls', STRACE, NEVER),
  'trace.summary.errors': described('count', 'calls that failed', STRACE, NEVER),
  'trace.summary.rows[].call': described('label', 'name of the system call', STRACE, NEVER),
  'trace.summary.rows[].seconds': described('seconds', 'time in it, as strace -c counts it', STRACE, NEVER),
  'trace.summary.rows[].sharePct': described(
    'pct',
    'the same, of the time of all calls',
    STRACE,
    'no time was counted',
  ),
  'trace.summary.rows[].calls': described('count', 'calls', STRACE, NEVER),
  'trace.summary.rows[].errors': described('count', 'calls that failed', STRACE, NEVER),
  'trace.summary.rows[].secondsPerCall': described('seconds', 'time of one call', STRACE, 'no calls'),
  'trace.calls.spanSeconds': described('seconds', 'from the first line to the last', STRACE_TT, UNTIMED),
  'trace.calls.threads': described('count', 'threads seen', STRACE_TT, NEVER),
  'trace.calls.threadSeconds': described('seconds', 'wall time watched, over all threads', STRACE_TT, UNTIMED),
  'trace.calls.waitingPct': described('pct', 'of that, asleep in a call that waits', STRACE_TT, UNTIMED),
  'trace.calls.otherCallsPct': described('pct', 'of that, in all other calls', STRACE_TT, UNTIMED),
  'trace.calls.rows[].call': described('label', 'name of the system call', STRACE_TT, NEVER),
  'trace.calls.rows[].operation': described('label', 'operation of futex; else empty', STRACE_TT, NEVER),
  'trace.calls.rows[].waits': described('flag', 'the call sleeps until something happens', STRACE_TT, NEVER),
  'trace.calls.rows[].calls': described('count', 'calls', STRACE_TT, NEVER),
  'trace.calls.rows[].errors': described('count', 'calls that failed', STRACE_TT, NEVER),
  'trace.calls.rows[].timeouts': described('count', 'of these ETIMEDOUT: timers of the Go runtime', STRACE_TT, NEVER),
  'trace.calls.rows[].seconds': described('seconds', 'wall time in it, over all threads', STRACE_TT, UNTIMED),
  'trace.calls.files[].name': described('text', 'last part of the path of files that were read', STRACE_TT, NEVER),
  'trace.calls.files[].opens': described('count', 'times opened', STRACE_TT, NEVER),
  'trace.calls.files[].reads': described('count', 'reads', STRACE_TT, NEVER),
  'trace.calls.files[].readSeconds': described('seconds', 'wall time in these reads', STRACE_TT, UNTIMED),
  'trace.means[]': described('text', 'what the trace means', STRACE_TT, NEVER),
};

/**
 * What the model has and the document has not: clocks that mean nothing elsewhere, totals of which it has the rates, and
 * what stands in other keys.
 */
const MODEL_ONLY: Readonly<Record<Exclude<ModelFieldId, DocumentFieldId>, true>> = {
  'instant.at': true,
  'instant.monotonicSeconds': true,
  'drops[].startedMonotonicSeconds': true,
  'events[].monotonicSeconds': true,
  'probes.kubelet.pid': true,
  'probes.kubelet.startTicks': true,
  'probes.kubelet.found': true,
  'probes.kubelet.others[].pid': true,
  'probes.kubelet.others[].cgroup': true,
  'probes.inFlight.since.monotonicSeconds': true,
  'totals.kubeletUserSeconds': true,
  'totals.kubeletSystemSeconds': true,
  'totals.created': true,
  'totals.removed': true,
  'totals.selfCpuSeconds': true,
  'totals.reads[].file': true,
  'totals.reads[].count': true,
  'totals.reads[].wallSeconds': true,
  'totals.samples[].topic': true,
  'totals.samples[].at': true,
};

/** The order in which the sections of the document stand. */
const SECTIONS = [
  'schema',
  'at',
  'tool',
  'host',
  'kubelet',
  'slab',
  'dentry',
  'memcg',
  'reads',
  'findings',
  'self',
  'overall',
  'headline',
  'remedies',
  'kernel',
  'pins',
  'node',
  'processes',
  'drops',
  'events',
  'probes',
  'moments',
  'profile',
  'trace',
  'pods',
] as const satisfies readonly (keyof JsonDocument)[];

/**
 * Every value of the JSON document by its id, in the document's order.
 * @internal
 */
export function documentFields(): readonly (readonly [id: string, field: Described])[] {
  const shared = Object.entries(FIELDS).filter(([id]) => !Object.hasOwn(MODEL_ONLY, id) && id !== ROOT_READ);
  const all = [...shared, ...Object.entries(OWN_FIELDS)];
  return SECTIONS.flatMap((section) => all.filter(([id]) => id.split(/[.[]/, 1)[0] === section));
}

/** Names one read among many for graphs and rules; the document has it among `reads`. */
const ROOT_READ = 'reads.root.wallSeconds';

/** The table of the JSON document's values, as README shows it. */
export function encodeFieldTable(): string {
  return fieldTable(documentFields());
}
