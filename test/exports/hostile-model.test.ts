import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { compareDocuments } from '../../src/exports/diff/comparison.ts';
import { encodeDiffJson } from '../../src/exports/diff/diff-json.ts';
import { encodeDiffMarkdown } from '../../src/exports/diff/diff-markdown.ts';
import { encodeDiffText } from '../../src/exports/diff/diff-text.ts';
import { parseSnapshotDocument, type SnapshotDocument } from '../../src/exports/diff/snapshot-document.ts';
import { encodeJson, printJson } from '../../src/exports/json.ts';
import { encodeMarkdown } from '../../src/exports/markdown.ts';
import { encodeProfileSvg } from '../../src/exports/profile-svg.ts';
import type { Report } from '../../src/exports/report.ts';
import { encodeScreenSvg } from '../../src/exports/screen-svg.ts';
import { printColoured, printPlain } from '../../src/exports/styled-text.ts';
import { encodeText } from '../../src/exports/text.ts';
import { plain } from '../../src/format/styled.ts';
import { History } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { deriveProfiled } from '../../src/profile/profiled.ts';
import { parseTraced } from '../../src/trace/traced.ts';
import { draw } from '../../src/views/draw.ts';
import type { State } from '../../src/views/state.ts';
import { update } from '../../src/views/update.ts';
import { all, aPin, aRead, withKubelet, withPins } from '../diagnosis/a-node.ts';
import { captured } from '../support/captures.ts';
import { observeFixture } from '../support/observe.ts';
import { madeProfile } from '../support/profiles.ts';
import { screenOf } from '../support/screen-state.ts';

/** What a terminal, a viewer of text or a line-based program obeys; the end of a line is looked at apart. */
const OBEYED =
  /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\u115f\u1160\u3164\uffa0\u{e0000}-\u{e0fff}]|\u034f/u;

/** A terminal that is asked for colours obeys these, and nothing else of what a report holds. */
const COLOURS = /\u001b\[[\d;]*m/g;

const PIECES = [
  '\u001b[31m',
  '\u001b]0;owned\u0007',
  '\u001b[2J\u001b[H',
  '\u009b31m',
  '\u0000',
  '\r\n',
  '\n| a | row |\n',
  '\u202e\u2066',
  '\u2028\u0085',
  '\ud800',
  // Arabic letter mark, Mongolian vowel separator, a tag, soft hyphen, Hangul filler, variation selectors, joiner.
  '\u061c',
  '\u180e',
  '\u{e0041}',
  '\u00ad',
  '\u3164',
  '\ufe0f\u{e0100}',
  '\u034f\u2060',
  '\ufffe\u{1fffe}',
  '{red-fg}{/}',
  '<script>alert(1)</script>',
  ']]>--><!--',
  '```\n# title\n',
  '`$(reboot)`;reboot&|',
  '../../etc/passwd',
  '%s%n',
  '\\u001b',
  '"\'',
  '世界😀',
];

const hostile = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

/** Words that this program chose; all other texts of a model came from the node, or can. */
const OWN_WORDS =
  /^reads\.file$|(?:^|\.)(?:unavailable|cgroup|found|because|topic|lock|qos|kind|phase|format|id|dropId|pinnedBy)$/;

test('whatever texts a node has, nothing that a terminal obeys is drawn or written', () => {
  const base = aSickNode();
  fc.assert(
    fc.property(hostile, (text) => {
      const model = withEveryText(base, '', text) as Model;
      const diagnosis = diagnose(model, new History(), DEFAULT_THRESHOLDS);
      const report: Report = {
        model,
        diagnosis,
        profile: profileOf(text),
        trace: traceOf(text),
        toolVersion: '1.0.0',
        machine: text,
      };
      const json = printJson(encodeJson(report, { cgroups: true }));
      expectHarmless(json);
      expectHarmless(printJson(encodeJson(report), 'indented'));
      expect(json).not.toContain('\n');
      expect(JSON.parse(json).host.name).toContain(text.replace('\ud800', '') === text ? text : '');
      const lines = encodeText(report, { columns: 120 });
      expectHarmless(printPlain(lines));
      expectHarmless(printColoured(lines).replace(COLOURS, ''));
      const frames = framesOf(report);
      for (const frame of frames) for (const line of frame) expectHarmless(plain(line), 0);
      const markdown = encodeMarkdown(report, frames[0]);
      expectHarmless(markdown);
      for (const svg of [
        encodeScreenSvg({ lines: frames[0] ?? [], columns: 160, rows: 45, title: text }),
        encodeProfileSvg(profileOf(text)),
      ]) {
        expectHarmless(svg);
        expect(svg).not.toContain('<script>alert');
      }
      expect(markdown).not.toMatch(/^(?:# title|\| a \| row)/m);
      expect(outsideCode(markdown)).not.toContain('<script>');
      const document = parsed(json);
      const other = parsed(json.replaceAll('"live":', '"live":1'));
      const comparison = compareDocuments(
        { name: text, document, redacted: false },
        { name: 'b', document: other, redacted: false },
      );
      expectHarmless(encodeDiffJson(comparison));
      expectHarmless(encodeDiffMarkdown(comparison));
      expectHarmless(printPlain(encodeDiffText(comparison, 100)));
    }),
    { numRuns: 60 },
  );
}, 120_000);

function expectHarmless(text: string, linesMost = Number.POSITIVE_INFINITY): void {
  const found = OBEYED.exec(text);
  const around = found === null ? '' : JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20));
  expect(around).toBe('');
  if (linesMost === 0) expect(text).not.toContain('\n');
}

/** Code blocks and code spans show what is in them as it is. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/\\`/g, '')
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
    .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

function parsed(json: string): SnapshotDocument {
  const document = parseSnapshotDocument(json);
  if ('unavailable' in document) throw new Error(json.slice(0, 200));
  return document;
}

/** Everything that a model can have: pods, pins, kubelet with threads and files, events, a drop that failed. */
function aSickNode(): Model {
  const { model } = observeFixture(captured('incident'), 2);
  const { instant } = model;
  const name = 'a name';
  const withAll = all(
    withKubelet({
      version: name,
      threadRows: [
        { tid: 1343, comm: name, state: 'R', processor: 1, cpuPct: 5, userPct: 1, systemPct: 4, cpuSeconds: 99 },
      ],
      heldFiles: [
        { pid: 7, comm: name, file: '/sys/fs/cgroup/memory/memory.stat', openPct: 50, readingPct: 50, openNow: true },
      ],
      syscallRows: [
        {
          kind: 'call',
          name,
          looks: 3,
          looksPct: 50,
          threads: 2,
          waits: false,
          systemPct: 1,
          wchans: [{ name, looksPct: 100 }],
        },
      ],
    }),
    withPins(aPin({}), aPin({ path: '/kubepods', kmemBytes: 5e8 })),
  )(model);
  return {
    ...withAll,
    reads: [aRead(9), aRead(8, { path: '/kubepods', pod: 'namespace/pod' }), ...withAll.reads],
    events: [
      { ...instant, kind: 'export', path: '/tmp/export' },
      { ...instant, kind: 'gap', seconds: 3 },
    ],
    probes: { ...withAll.probes, kubelet: missing('absent', 'why') },
  };
}

/** Every text in a value with another one before it; what begins like a path still does. */
function withEveryText(value: unknown, id: string, text: string): unknown {
  if (typeof value === 'string') return OWN_WORDS.test(id) ? value : `${value.slice(0, 1)}${text}${value.slice(1)}`;
  if (Array.isArray(value)) return value.slice(0, 12).map((each) => withEveryText(each, id, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withEveryText(each, id === '' ? key : `${id}.${key}`, text)]),
  );
}

function profileOf(text: string) {
  const stack = ['runtime.main', `${text}.(*containerData).housekeeping`, text];
  const profiled = deriveProfiled(madeProfile([[stack, 10]], { executable: `/usr/bin/${text}` }), text);
  if ('unavailable' in profiled) throw new Error(profiled.detail);
  return profiled;
}

function traceOf(text: string) {
  const line = `1342  12:00:00.000001 openat(AT_FDCWD, "${text}", O_RDONLY) = 7 <0.000011>\n`;
  return parseTraced({ origin: text, summary: missing('failed', text), trace: line, mostCharacters: 1_000_000 });
}

/** Every pane, with help, dialogs and a notice over it. */
function framesOf({ model, profile, trace, machine = '' }: Report) {
  if (profile === undefined || trace === undefined) throw new Error('a whole report');
  const at = model.instant.at;
  const given: State = [
    { kind: 'machine', machine } as const,
    { kind: 'notice', text: machine, severity: 'warning' } as const,
    { kind: 'exported', path: `/tmp/${machine}`, at } as const,
  ].reduce((state, message) => update(state, message).state, screenOf({ model, history: new History() }));
  const panes = ['overview', 'slabs', 'cgroups', 'kubelet', 'trace', 'profile', 'advice', 'events'] as const;
  return panes.map((pane) => draw({ ...given, pane }).lines);
}
