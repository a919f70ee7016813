import { rulesTable } from '../../src/diagnosis/prose/rules.ts';
import { DEFAULT_THRESHOLDS } from '../../src/diagnosis/thresholds.ts';
import { encodeFieldTable } from '../../src/exports/document-fields.ts';
import { PRINTER } from '../../src/format/printer.ts';
import { type Binding, COMMON_KEYS, shownKey } from '../../src/views/keymap.ts';
import { PANES } from '../../src/views/panes.ts';

/** The parts of README that are made from the code, by the name between their marks. */
export function readmeSections(): ReadonlyMap<string, string> {
  return new Map([
    ['keys', keysTable()],
    ['rules', rulesTable(DEFAULT_THRESHOLDS, PRINTER).trimEnd()],
    ['fields', encodeFieldTable().trimEnd()],
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
    text = `${text.slice(0, from + begin.length)}\n${section}\n${text.slice(to)}`;
  }
  return text;
}

function keysTable(): string {
  const panes = PANES.map(({ digit, title }) => row([digit], title));
  const common = COMMON_KEYS.map(({ keys, help }) => row(keys.map(shownKey), help));
  const own = PANES.flatMap(({ keys, title }) => keys.map((binding) => ownRow(binding, title)));
  return ['| key | what it does |', '|---|---|', ...panes, ...common, ...own].join('\n');
}

function ownRow({ keys, help }: Binding, title: string): string {
  return row(keys.map(shownKey), `in ${title}: ${help}`);
}

function row(keys: readonly string[], help: string): string {
  return `| ${keys.map((key) => `\`${key.replaceAll('|', '\\|')}\``).join(' ')} | ${help} |`;
}
