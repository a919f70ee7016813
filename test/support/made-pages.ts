import { existsSync, readFileSync } from 'node:fs';
import { encodeCommandsTable } from '../../src/app/cli/commands-table.ts';
import { describeCommandLine } from '../../src/app/cli/description.ts';
import { commandLine } from '../../src/app/cli/program.ts';
import { rulesTable } from '../../src/diagnosis/rules/rules.ts';
import { encodeFieldTable } from '../../src/exports/document-fields.ts';
import { encodeFleetFieldTable } from '../../src/exports/fleet/fleet-fields.ts';
import { FAMILIES, NO_METRIC } from '../../src/exports/metrics/families.ts';
import { encodeMetricsTable } from '../../src/exports/rollout/metrics-table.ts';
import { PRINTER } from '../../src/format/printer.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { encodeFleetKeysTable } from '../../src/views/fleet/keys-table.ts';
import { encodeKeysTable } from '../../src/views/keys-table.ts';
import type { FleetResults } from '../bench/fleet/fleet-results.ts';
import { formatFleetResults } from '../bench/fleet/fleet-table.ts';
import type { Results } from '../bench/results.ts';
import { formatResults, formatTargets } from '../bench/table.ts';
import { formatSummary, type Summary } from '../soak/summary.ts';

/** The run of the bench that is told of: `npm run bench -- --json test/bench/results.json`. */
const BENCH_RESULTS = new URL('../bench/results.json', import.meta.url);

/** The same of the fleet: `npm run bench -- --fleet --json test/bench/fleet.json`. */
const FLEET_RESULTS = new URL('../bench/fleet.json', import.meta.url);

/** The soak that is told of: `npm run soak -- --json test/bench/soak.json`. */
const SOAK_SUMMARY = new URL('../bench/soak.json', import.meta.url);

/** A page with parts that are made from the code, or from what a bench found. */
export interface MadePage {
  readonly file: URL;
  /** By the name between their marks. */
  readonly sections: ReadonlyMap<string, string>;
}

/** Every page with such parts: `npm run pages` makes them again. */
export function madePages(): readonly MadePage[] {
  return [
    {
      file: new URL('../../src/REFERENCE.md', import.meta.url),
      sections: new Map([
        ['rules', rulesTable(DEFAULT_THRESHOLDS, PRINTER).trimEnd()],
        ['keys', encodeKeysTable().trimEnd()],
        ['fleet-keys', encodeFleetKeysTable().trimEnd()],
        ['metrics', encodeMetricsTable(FAMILIES, NO_METRIC).trimEnd()],
        ['fields', encodeFieldTable().trimEnd()],
        ['commands', encodeCommandsTable(describeCommandLine(commandLine([], () => {}, ''))).trimEnd()],
        ['fleet-fields', encodeFleetFieldTable().trimEnd()],
      ]),
    },
    { file: new URL('../../README.md', import.meta.url), sections: new Map([['cost', benchTargets().trimEnd()]]) },
    {
      file: new URL('../bench/RESULTS.md', import.meta.url),
      sections: new Map([
        ['bench', benchTables().trimEnd()],
        ['fleet', fleetTables().trimEnd()],
        ['soak', soakSummary().trimEnd()],
      ]),
    },
  ];
}

/** Puts new sections between their marks; throws where a mark is missing. */
export function withSections(page: string, sections: ReadonlyMap<string, string>): string {
  let text = page;
  for (const [name, section] of sections) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from === -1 || to < from) throw new Error(`the page has no section ${name}`);
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

/** Nothing until a run of the fleet's part was kept. */
function fleetTables(): string {
  if (!existsSync(FLEET_RESULTS)) return '';
  const results: FleetResults = JSON.parse(readFileSync(FLEET_RESULTS, 'utf8'));
  return formatFleetResults(results);
}

function benchTables(): string {
  const results = benchResults();
  return results === undefined ? '' : formatResults(results);
}

function benchTargets(): string {
  const results = benchResults();
  return results === undefined ? '' : formatTargets(results);
}

/** Nothing until a run of the bench was kept. */
function benchResults(): Results | undefined {
  return existsSync(BENCH_RESULTS) ? JSON.parse(readFileSync(BENCH_RESULTS, 'utf8')) : undefined;
}
