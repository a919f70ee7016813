import type { CallTree } from '../profile/call-tree.ts';
import { type Flame, type FlameFrame, layOutFlame } from '../profile/flame.ts';
import { FLAME_SCRIPT } from './flame-svg-script.ts';
import { FLAME_STYLE } from './flame-svg-style.ts';
import { escapeXml } from './svg/escape-xml.ts';

/** What stands around the flame graph. */
export interface FlameSvgText {
  /** Heading and document title, for example program, CPU time and date. */
  readonly title: string;
  /** Lines under it: the answer, its warnings. */
  readonly notes: readonly string[];
}

/**
 * A flame graph as one SVG file that any browser opens: search, zoom by click or keys, reset, details of a frame.
 * Nothing is loaded from elsewhere, and the script does not depend on the profile, whose names are escaped text.
 * Frames too narrow to be seen are left out, more of them where the profile is very large; the picture says so.
 */
export function encodeFlameSvg(tree: CallTree, text: FlameSvgText): string {
  const { flame, narrowest } = layOutWithin(tree);
  const notes = [...text.notes, ...hiddenNote(flame, narrowest)];
  const top = FIRST_NOTE + notes.length * NOTE_HEIGHT + 8;
  const bottom = top + flame.rows * ROW_HEIGHT;
  const height = bottom + 48;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<title>${escapeXml(text.title)}</title>
<style>${FLAME_STYLE}</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text class="heading" x="${MARGIN}" y="22">${escapeXml(cut(text.title, 90))}</text>
${notes.map((note, line) => `<text x="${MARGIN}" y="${FIRST_NOTE + line * NOTE_HEIGHT}">${escapeXml(cut(note, 170))}</text>`).join('\n')}
<foreignObject x="${WIDTH - 330}" y="4" width="320" height="28"><div xmlns="http://www.w3.org/1999/xhtml" class="tools">
<input id="search" type="search" placeholder="search ( / )" aria-label="search functions" spellcheck="false"/>
<button id="reset" type="button">reset zoom (Esc)</button></div></foreignObject>
<g id="frames" data-top="${top}" data-row="${ROW_HEIGHT}" data-left="${MARGIN}" data-width="${GRAPH_WIDTH}">
${flame.frames.map((frame) => frameOf(frame, top)).join('\n')}
</g>
<text id="details" x="${MARGIN}" y="${bottom + 18}"> </text>
<text id="found" x="${WIDTH - MARGIN}" y="${bottom + 18}" text-anchor="end"> </text>
${legend(bottom + 38)}
<script><![CDATA[${FLAME_SCRIPT}]]></script>
</svg>
`;
}

const WIDTH = 1200;
const MARGIN = 10;
const GRAPH_WIDTH = WIDTH - 2 * MARGIN;
const ROW_HEIGHT = 17;
const NOTE_HEIGHT = 16;
const FIRST_NOTE = 42;
/** Of a letter in the 11 px monospaced font; an estimate that leaves room. */
const LETTER_WIDTH = 6.8;
/** A quarter of a pixel: what is narrower becomes visible in a zoom only. */
const NARROWEST = 0.25 / GRAPH_WIDTH;
/** A browser stays quick with as many; the largest profile seen of a real kubelet has a third of it. */
const MOST_FRAMES = 15_000;

function layOutWithin(tree: CallTree): { readonly flame: Flame; readonly narrowest: number } {
  let narrowest = NARROWEST;
  let flame = layOutFlame(tree, { narrowest });
  while (flame.frames.length > MOST_FRAMES) {
    narrowest *= 2;
    flame = layOutFlame(tree, { narrowest });
  }
  return { flame, narrowest };
}

function hiddenNote(flame: Flame, narrowest: number): readonly string[] {
  if (flame.hiddenFrames === 0) return [];
  const limit = `${Number((narrowest * 100).toPrecision(2))} %`;
  const share = percent(flame.hiddenShare);
  return [
    `${flame.hiddenFrames} frames narrower than ${limit} are left out with what they call; ${share} of the time lies in them`,
  ];
}

function frameOf(frame: FlameFrame, top: number): string {
  const x = MARGIN + frame.left * GRAPH_WIDTH;
  const y = top + frame.row * ROW_HEIGHT;
  const width = frame.width * GRAPH_WIDTH;
  const name = escapeXml(frame.name);
  const self = frame.selfShare > 0 ? `, itself ${percent(frame.selfShare)}` : '';
  const label = fitted(frame.name, width);
  const edges = `data-x="${short(frame.left, 7)}" data-w="${short(frame.width, 7)}" data-r="${frame.row}"`;
  return `<g class="f ${frame.kind}" ${edges}><title>${name} (${percent(frame.share)}${self})</title><rect x="${short(x, 2)}" y="${y}" width="${short(width, 2)}" height="${ROW_HEIGHT - 1}"/>${
    label === '' ? '' : `<text x="${short(x + 3, 2)}" y="${y + 12}">${escapeXml(label)}</text>`
  }</g>`;
}

/** The last part of an import path with the function, cut to what fits; the script does the same after a zoom. */
function fitted(name: string, width: number): string {
  const letters = Math.floor((width - 6) / LETTER_WIDTH);
  if (letters < 3) return '';
  const shown = name.slice(name.lastIndexOf('/') + 1);
  return cut(shown, letters);
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 2)}..`;
}

const KINDS = [
  ['system-call', 'system calls'],
  ['cadvisor', 'cAdvisor and cgroup readers'],
  ['kubelet', 'Kubernetes'],
  ['runtime', 'Go runtime'],
  ['other', 'other'],
] as const;

function legend(y: number): string {
  return KINDS.map(
    ([kind, text], place) =>
      `<rect class="${kind} key" x="${MARGIN + place * 210}" y="${y - 10}" width="12" height="12"/><text x="${MARGIN + 18 + place * 210}" y="${y}">${text}</text>`,
  ).join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.001 ? 3 : 1)} %`;
}

function short(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
