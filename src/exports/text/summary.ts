import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { ageBehind } from '../../format/age.ts';
import { rfc3339 } from '../../format/clock-time.ts';
import { reasonSentence } from '../../format/reason.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import { fieldValue } from '../../model/field-value.ts';
import type { FieldId } from '../../model/fields.ts';
import type { KubeletModel, Model } from '../../model/model.ts';
import { momentOf, momentOfField } from '../../model/moments.ts';
import { rootRead } from '../../model/root-read.ts';
import { cellOf } from '../content/table.ts';
import type { Report } from '../report.ts';

/** What names the node, when it was looked at, and by what. */
export function hostLines({ model, toolVersion }: Report, columns: number): readonly StyledLine[] {
  const the = valueIn(model);
  const text = [
    the('host.name'),
    `Linux ${the('host.kernel')}`,
    isMissing(model.host.distribution) ? 'distribution unknown' : `distribution ${the('host.distribution')}`,
    `memory cgroups ${the('host.cgroup')}${model.host.hybrid === true ? ' (hybrid)' : ''}`,
    `CPUs ${the('host.cpus.online')} online, ${the('host.cpus.possible')} possible`,
    `up ${the('host.uptimeSeconds')}`,
    rfc3339(model.instant.at),
    `slabtop-k8s ${toolVersion}`,
  ].join('; ');
  return wrapText(text, columns - 1, 1).map((line) => [run(` ${line}`.replace(/^ {2}/, ' '))]);
}

/** The numbers that matter, a subject a line. */
export function summaryLines(report: Report, columns: number): readonly StyledLine[] {
  return SUBJECTS.flatMap(({ title, text }) => {
    const [first = '', ...rest] = wrapText(text(report), columns - LABEL_WIDTH - 1);
    const label = ` ${title}`.padEnd(LABEL_WIDTH);
    return [[run(label, { bold: true }), run(first)], ...rest.map((line) => [run(' '.repeat(LABEL_WIDTH)), run(line)])];
  });
}

const LABEL_WIDTH = 17;

interface Subject {
  readonly title: string;
  readonly text: (report: Report) => string;
}

const SUBJECTS: readonly Subject[] = [
  {
    title: 'memory cgroups',
    text: ({ model }) => {
      const the = valueIn(model);
      return `${the('memcg.total')} = ${the('memcg.live')} live + ${the('memcg.dying')} dying; growth ${the('memcg.growthPerSecond')}; created ${the('memcg.createdPerMinute')}, removed ${the('memcg.removedPerMinute')}`;
    },
  },
  {
    title: 'held by dying',
    text: ({ model, diagnosis }) => {
      const the = valueIn(model);
      const held = `${the('memcg.heldByDying.bytes')}: kernel memory ${the('memcg.heldByDying.kmemBytes')}, pages ${the('memcg.heldByDying.pageBytes')}`;
      return `${held}; ${pinned(diagnosis.pins.by)}`;
    },
  },
  {
    title: 'root read',
    text: ({ model }) => {
      const root = rootRead(model);
      if (isMissing(root)) return valueIn(model)('reads.root.wallSeconds');
      const times = `${cellOf('reads[].wallSeconds', root.wallSeconds).text} wall, ${isMissing(root.cpuSeconds) ? 'CPU not measured' : `${cellOf('reads[].cpuSeconds', root.cpuSeconds).text} CPU`}`;
      const system = cellOf('reads[].systemSeconds', root.systemSeconds);
      const part = system.kind === 'missing' ? '' : `, of it ${system.text} in the kernel`;
      const when = root.beforeDrop ? ', before the drop' : '';
      return `${times}${part}${when}${ageBehind(model, momentOf(model, 'rootRead'))}`;
    },
  },
  {
    title: 'slab',
    text: ({ model }) => {
      const the = valueIn(model);
      return `${the('slab.totalBytes')}; reclaimable ${the('slab.reclaimableBytes')}, unreclaimable ${the('slab.unreclaimableBytes')}; growth ${the('slab.growthBytesPerSecond')}`;
    },
  },
  {
    title: 'dentries',
    text: ({ model }) => {
      const the = valueIn(model);
      return `${the('dentry.objects')}, unused ${the('dentry.unused')}, negative ${the('dentry.negative')}; ${the('dentry.sizeBytes')}; growth ${the('dentry.growthPerSecond')}`;
    },
  },
  {
    title: 'kubelet',
    text: ({ model }) => {
      if (isMissing(model.kubelet)) return printable(reasonSentence(model.kubelet));
      const the = valueIn(model);
      return `${the('kubelet.cpuPct')} of one core: user ${the('kubelet.userPct')}, system ${the('kubelet.systemPct')}; ${the('kubelet.threads')} threads; pid ${the('kubelet.pid')}, up ${the('kubelet.uptimeSeconds')}, version ${the('kubelet.version')}${othersOf(model.kubelet)}`;
    },
  },
  {
    title: 'node',
    text: ({ model }) => {
      const the = valueIn(model);
      return `CPU busy ${the('node.busyPct')}, in the kernel ${the('node.systemPct')}, steal ${the('node.stealPct')}, busiest core ${the('node.busiestCorePct')}; load ${the('node.loadAverage')}; memory ${the('node.memoryTotalBytes')}, available ${the('node.memoryAvailableBytes')}`;
    },
  },
];

function othersOf({ others }: KubeletModel): string {
  return others
    .map(({ pid, cgroup }) => `; not pid ${pid}${isMissing(cgroup) ? '' : ` in ${printable(cgroup)}`}`)
    .join('');
}

/** Prints values of one model: where one is missing a word stands, and its reason among what is not known. */
function valueIn(model: Model): (id: FieldId) => string {
  return (id) => {
    const value = fieldValue(model, id);
    const age = isMissing(value) ? '' : ageBehind(model, momentOfField(model, id));
    return `${cellOf(id, value).text}${age}`;
  };
}

function pinned(by: Report['diagnosis']['pins']['by']): string {
  if (!isMissing(by)) return `pinned by ${by}`;
  return by.unavailable === 'absent' ? 'nothing pins any' : `what pins them: ${printable(reasonSentence(by))}`;
}
