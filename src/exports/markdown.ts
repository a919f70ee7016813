import { isMissing, type Maybe } from '../core/missing.ts';
import { rfc3339 } from '../format/clock-time.ts';
import { dropName, eventSentence } from '../format/event-sentence.ts';
import { mergedEvents } from '../format/merged-events.ts';
import { reasonSentence } from '../format/reason.ts';
import { SEVERITY_WORD } from '../format/severity.ts';
import { plain, type StyledLine } from '../format/styled.ts';
import { CACHE_REPORT } from '../tables/caches.ts';
import { CGROUP_REPORT } from '../tables/cgroups.ts';
import type { ReportColumn } from '../tables/column.ts';
import { HELD_BELOW_REPORT } from '../tables/held-below.ts';
import { HELD_REPORT, PROCESS_REPORT, THREAD_REPORT } from '../tables/processes.ts';
import { READ_REPORT } from '../tables/reads.ts';
import { dropTable } from './content/drop-table.ts';
import { lacksOf } from './content/missing-values.ts';
import { costValues, hostValues, kubeletValues, nodeValues } from './content/numbers.ts';
import { probingSentences } from './content/probing.ts';
import { remediesOf } from './content/remedies.ts';
import { busiestParents, timedReads } from './content/rows.ts';
import { tableOf } from './content/table.ts';
import { verdictOfReport } from './content/verdict.ts';
import { markdownProfile, markdownTrace } from './markdown/captures.ts';
import { codeBlock, codeSpan, escapeMarkdown } from './markdown/escape.ts';
import { markdownFindings } from './markdown/findings.ts';
import { markdownKernel } from './markdown/kernel.ts';
import { markdownRemedies } from './markdown/remedies.ts';
import { markdownTable, valuesTable } from './markdown/table.ts';
import type { Report } from './report.ts';

/**
 * A report made for a ticket: who was not there can follow it, and nothing that stands in it needs the tool to be
 * read. `screen` are the painted lines of the Overview, where there is one.
 */
export function encodeMarkdown(report: Report, screen: readonly StyledLine[] = []): string {
  const { model, diagnosis, toolVersion } = report;
  const { severity, sentence } = verdictOfReport(report);
  const name = isMissing(model.host.name) ? 'a node without a name' : codeSpan(model.host.name);
  const sections: readonly (readonly string[])[] = [
    [`# ${SEVERITY_WORD[severity]}: dying memory cgroups on ${name}`],
    [`**${SEVERITY_WORD[severity]}** ${escapeMarkdown(sentence)}`],
    [`Taken at ${rfc3339(model.instant.at)} by slabtop-k8s ${escapeMarkdown(toolVersion)}.${machineOf(report)}`],
    section('Node', valuesTable(hostValues(model))),
    section('Numbers', valuesTable(nodeValues(model))),
    section('Findings', markdownFindings(diagnosis)),
    section('What can be done', markdownRemedies(remediesOf(model, diagnosis))),
    section('Kernel', markdownKernel(diagnosis)),
    tableSection('Slowest reads', timedReads(model.reads), 15, READ_REPORT),
    tableSection('Slab caches', model.slab.caches, 15, CACHE_REPORT),
    tableSection(
      'Memory that dying cgroups hold, by the parent below which they died',
      heldOf(report),
      20,
      HELD_BELOW_REPORT,
    ),
    tableSection(
      'Parents below which most cgroups come and go',
      busiestParents(model.memcg.cgroups),
      10,
      CGROUP_REPORT,
    ),
    ...kubeletSections(report),
    report.profile === undefined ? [] : section('Profile', markdownProfile(report.profile, model.kubelet)),
    report.trace === undefined ? [] : section('System calls', markdownTrace(report.trace)),
    tableSection('Processes with the most system time', model.processes, 12, PROCESS_REPORT),
    ...model.drops.map((drop) => {
      const title = `${drop.rehearsal ? 'Rehearsal of ' : ''}${dropName(drop.request)} at ${rfc3339(drop.startedAt)}`;
      return section(escapeMarkdown(title), markdownTable(dropTable(drop)));
    }),
    section('Events', eventItems(report)),
    screen.length === 0
      ? []
      : section(
          'Screen',
          codeBlock(
            screen.map((line) => plain(line).trimEnd()),
            'text',
          ),
        ),
    section('How it was measured', [
      ...valuesTable(costValues(model)),
      '',
      ...probingSentences(model).map((each) => `- ${escapeMarkdown(each)}`),
    ]),
    section(
      'What is not known, and why',
      lacksOf(model).map(({ ids, reason }) => `- ${ids.map(codeSpan).join(', ')}: ${escapeMarkdown(reason)}`),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n').trimEnd())
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines];
}

/** The first rows as a table; where they are missing, why. */
function tableSection<Row>(
  title: string,
  rows: Maybe<readonly Row[]>,
  most: number,
  table: readonly ReportColumn<Row>[],
): readonly string[] {
  if (isMissing(rows)) return section(title, [escapeMarkdown(reasonSentence(rows))]);
  if (rows.length === 0) return [];
  const left = rows.length - most;
  const more = left <= 0 ? [] : ['', `${left} more are left out.`];
  return section(title, [...markdownTable(tableOf(rows.slice(0, most), table)), ...more]);
}

function machineOf({ machine }: Report): string {
  return machine === undefined ? '' : ` Machine: ${escapeMarkdown(machine)}.`;
}

function heldOf({ model: { memcg } }: Report) {
  return isMissing(memcg.heldByDying) ? memcg.heldByDying : memcg.heldByDying.where;
}

function kubeletSections({ model }: Report): readonly (readonly string[])[] {
  const { kubelet } = model;
  if (isMissing(kubelet)) return [section('kubelet', [escapeMarkdown(reasonSentence(kubelet))])];
  return [
    section('kubelet', valuesTable(kubeletValues(model))),
    tableSection("kubelet's busiest threads", kubelet.threadRows, 12, THREAD_REPORT),
    tableSection('Memory files that processes hold open', kubelet.heldFiles, 12, HELD_REPORT),
  ];
}

function eventItems({ model: { events, drops } }: Report): readonly string[] {
  return mergedEvents(events).map(
    (event) => `- ${rfc3339(event.at)} ${escapeMarkdown(eventSentence(event, drops).text)}`,
  );
}
