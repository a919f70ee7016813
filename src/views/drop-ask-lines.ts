import type { DropMode, DropRequest } from '../core/note.ts';
import { printable } from '../core/printable.ts';
import type { RecommendedDrop } from '../diagnosis/pins.ts';
import { say } from '../diagnosis/prose/say.ts';
import { deriveRelief } from '../diagnosis/regrowth.ts';
import { DROP_FREES, dropCommand, dropCosts } from '../format/drop-costs.ts';
import { PRINTER } from '../format/printer.ts';
import { reliefSentence } from '../format/regrowth-sentence.ts';
import { type Run, run, type Style, type StyledLine } from '../format/styled.ts';
import { valueText } from '../format/value.ts';
import { wrapText } from '../format/wrap.ts';
import type { Dialog, DropFocus, State } from './state.ts';

type DropAsk = Extract<Dialog, { kind: 'drop-ask' }>;

/** What has to be typed before caches are dropped. */
export const CONFIRMING_WORD = 'drop';

/** Where the choice begins: dentries are what pins on the kernels where reads are slow; the rules may know better. */
export const USUAL_DROP: DropRequest = { mode: 2, sync: false };

const COLUMNS = 84;
const DIM: Style = { ink: 'dim' };

/** Frame, question, a blank, buttons. */
const OTHER_ROWS = 5;

/** What stands above the question, and how much of it can be seen at once. */
interface DropAskPlace {
  readonly lines: readonly StyledLine[];
  /** How many can be seen at once. */
  readonly room: number;
  /** How far they can be scrolled; 0 where all have room. */
  readonly most: number;
}

/** The width of the dialog that asks. */
export function dropAskColumns({ size }: State): number {
  return Math.min(COLUMNS, size.columns);
}

/** Lays out what stands above the question; where not all fits, a line goes to saying so. */
export function dropAskPlace(state: State, dialog: DropAsk): DropAskPlace {
  const lines = dropAskLines(state, dialog);
  const room = Math.max(1, state.size.rows - OTHER_ROWS);
  if (lines.length <= room) return { lines, room, most: 0 };
  return { lines, room: room - 1, most: lines.length - room + 1 };
}

function dropAskLines(state: State, { request, focus }: DropAsk): readonly StyledLine[] {
  const inside = dropAskColumns(state) - 4;
  const focused = (which: DropFocus): Style => (focus === which ? { inverse: true, bold: true } : {});
  const node = state.model === undefined ? 'this node' : valueText(state.model.host.name, printable);
  const modes: Run[] = ([1, 2, 3] satisfies DropMode[]).flatMap((mode) => {
    const chosen = mode === request.mode;
    return [run(`${chosen ? '(*)' : '( )'} ${mode}`, chosen ? focused('mode') : {}), run('   ')];
  });
  const recommended = state.diagnosis?.recommendedDrop;
  return [
    [run('Node     '), run(node, { bold: true })],
    [run('Mode     '), ...modes, run(DROP_FREES[request.mode])],
    [run('Sync     '), run(`[${request.sync ? 'x' : ' '}] write dirty pages first`, focused('sync'))],
    [run('Command  '), run(dropCommand(request), { bold: true })],
    ...(state.dropping.kind === 'rehearsal'
      ? paragraph('This is a rehearsal: the steps are played, nothing is written.', inside, { ink: 'cyan' })
      : []),
    ...(recommended === undefined ? [] : recommendation(recommended, request, inside)),
    [],
    ...[...dropCosts(request), ...relief(state)].flatMap((cost) => costLines(cost, inside)),
    [],
  ];
}

/** How long it will help, where that is known. */
function relief({ model, diagnosis }: State): string[] {
  if (model === undefined || diagnosis === undefined) return [];
  const sentence = reliefSentence(deriveRelief(model, diagnosis.thresholds));
  return sentence === undefined ? [] : [`After a drop: ${sentence}.`];
}

function paragraph(text: string, columns: number, style: Style): StyledLine[] {
  return wrapText(text, columns).map((line) => [run(line, style)]);
}

function costLines(cost: string, inside: number): StyledLine[] {
  return wrapText(cost, inside - 2).map((line, index): StyledLine => [run(index === 0 ? '- ' : '  ', DIM), run(line)]);
}

/** What the rules say of the choice: why this mode fits, or why none is recommended and one is selected all the same. */
function recommendation(recommended: RecommendedDrop, request: DropRequest, inside: number): StyledLine[] {
  if ('none' in recommended) {
    return paragraph(`${capital(say(recommended.none, PRINTER))}. ${whySelected(request)}`, inside, {
      ink: 'yellow',
      bold: true,
    });
  }
  const { mode, sync } = recommended.request;
  const fits = `${dropCommand(recommended.request)} fits: ${say(recommended.why, PRINTER)}.`;
  const chosen = mode === request.mode && sync === request.sync;
  return paragraph(chosen ? fits : `${fits} You chose another.`, inside, DIM);
}

function whySelected({ mode, sync }: DropRequest): string {
  const usual = mode === USUAL_DROP.mode && sync === USUAL_DROP.sync;
  return usual ? `Mode ${mode} is only the first choice.` : `Mode ${mode}${sync ? ' with sync' : ''} is your choice.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
