import { dayTable, keysLine, ownTable, profileTable, walkTable } from './alone-tables.ts';
import { COST_TITLES, costCells, head, mebibytes, row, times } from './cells.ts';
import { costIn, type Results, type Row } from './results.ts';
import type { Runtime } from './runtime.ts';
import { ABOUT_REALISTIC, REALISTIC } from './situations.ts';
import { targetsOf } from './targets.ts';

/** The results as Markdown, for a terminal and for README. `earlier` adds a column: CPU now to CPU then. */
export function formatResults(results: Results, earlier?: Results): string {
  const { machine, seconds } = results;
  const about =
    `${results.at.slice(0, 10)}, Linux ${machine.kernel}, ${machine.cpus} x ${machine.processor}, ` +
    `Node ${machine.node}; medians of runs of ${seconds} s each [least to most] (panes and dying cgroups half of it), ` +
    '160x45, refreshed every second';
  const situations = [...new Set(results.rows.map(({ situation }) => situation))];
  const tables = [
    ...situations.map((situation) => situationTable(situation, results, earlier)),
    ownTable(results.own),
    walkTable(results.walks ?? []),
    results.day === undefined ? [] : dayTable(results.day),
    profileTable(results.profiles ?? []),
    results.keysWhileBlocked === undefined ? [] : [keysLine(results.keysWhileBlocked)],
    results.skipped.map(({ what, why }) => `- skipped: ${what}: ${why}`),
    targetTable(results),
  ];
  const realistic = situations.includes(REALISTIC) ? [ABOUT_REALISTIC] : [];
  return [[about], realistic, ...tables]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function situationTable(situation: string, results: Results, earlier: Results | undefined): string[] {
  const compared = earlier === undefined ? [] : ['CPU, to earlier'];
  const rows = results.rows.filter((one) => one.situation === situation);
  const { runtime } = results;
  return [
    ...head([situation, ...COST_TITLES, 'this tool to it, CPU', ...compared]),
    ...rows.map((one) => programRow(one, results, earlier)),
    ...(runtime === undefined || situation !== 'quiet' ? [] : [runtimeRow(runtime, compared.length)]),
  ];
}

function programRow({ program, result, situation }: Row, results: Results, earlier: Results | undefined): string {
  if ('skipped' in result) return row([program, `skipped: ${result.skipped}`]);
  const own = program === 'slabtop-k8s' ? undefined : costIn(results, situation, 'slabtop-k8s');
  const ratio = own === undefined ? '' : times(own.cpuMsPerSecond / result.cpuMsPerSecond);
  if (earlier === undefined) return row([program, ...costCells(result), ratio]);
  const before = costIn(earlier, situation, program);
  const change = before === undefined ? '' : times(result.cpuMsPerSecond / before.cpuMsPerSecond);
  return row([program, ...costCells(result), ratio, change]);
}

/** What the runtime itself costs; this tool is two processes of it. */
function runtimeRow(runtime: Runtime, more: number): string {
  return row([
    'an empty Node',
    runtime.cpuMsPerSecond.toFixed(1),
    mebibytes(runtime.rssBytes),
    mebibytes(runtime.pssBytes),
    runtime.terminalBytesPerSecond.toFixed(0),
    `${runtime.startMs.toFixed(0)} (start and end)`,
    ...Array.from({ length: 1 + more }, () => ''),
  ]);
}

/** What was wanted and what was measured, without the rest. */
export function formatTargets(results: Results): string {
  return targetTable(results).join('\n');
}

function targetTable(results: Results): string[] {
  const rows = targetsOf(results).map(({ target, measured, met }) =>
    row([target, measured, met === undefined ? '' : met ? 'yes' : 'NO']),
  );
  return ['| target | measured | met |', '|---|---|---|', ...rows];
}
