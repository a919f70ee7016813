import { existsSync, readFileSync } from 'node:fs';
import { rulesTable } from '../../src/diagnosis/rules/rules.ts';
import { encodeFieldTable } from '../../src/exports/document-fields.ts';
import { PRINTER } from '../../src/format/printer.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { encodeKeysTable } from '../../src/views/keys-table.ts';
import type { Results } from '../bench/results.ts';
import { formatResults } from '../bench/table.ts';
import { formatSummary, type Summary } from '../soak/summary.ts';

/** The run of the bench that README tells of: `npm run bench -- --json test/bench/results.json`. */
const BENCH_RESULTS = new URL('../bench/results.json', import.meta.url);

/** The soak that README tells of: `npm run soak -- --json test/bench/soak.json`. */
const SOAK_SUMMARY = new URL('../bench/soak.json', import.meta.url);

/** The parts of README that are made from the code and from what the bench found, by the name between their marks. */
export function readmeSections(): ReadonlyMap<string, string> {
  return new Map([
    ['keys', encodeKeysTable().trimEnd()],
    ['rules', rulesTable(DEFAULT_THRESHOLDS, PRINTER).trimEnd()],
    ['fields', encodeFieldTable().trimEnd()],
    ['bench', benchTables().trimEnd()],
    ['soak', soakSummary().trimEnd()],
  ]);
}

/** Puts new sections between their marks; throws where a mark is missing. */
export function withSections(readme: string, sections: ReadonlyMap<string, string>): string {
  let text = readme;
  for (const [name, section] of sections) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from === -1 || to < from) throw new Error(`README has no section ${name}`);
    text = `${text.slice(0, from + begin.length)}\n${section === '' ? '' : `${section}\n`}${text.slice(to)}`;
  }
  return text;
}

/** Nothing until a soak was kept. */
function soakSummary(): string {
  if (!existsSync(SOAK_SUMMARY)) return '';
  const summary: Summary = JSON.parse(readFileSync(SOAK_SUMMARY, 'utf8'));
  const { kernel, cpus, node } = summary.machine;
  const where = `${summary.at.slice(0, 10)}, Linux ${kernel}, ${cpus} CPUs, Node ${node}`;
  return ['```', where, formatSummary(summary).trimEnd(), '```'].join('\n');
}

/** Nothing until a run of the bench was kept. */
function benchTables(): string {
  if (!existsSync(BENCH_RESULTS)) return '';
  const results: Results = JSON.parse(readFileSync(BENCH_RESULTS, 'utf8'));
  return formatResults(results);
}
