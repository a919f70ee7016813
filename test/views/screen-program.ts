import { appendFileSync } from 'node:fs';
import { forgetTerminal } from '../../src/app/screen/forget-terminal.ts';
import { run, type StyledLine } from '../../src/format/styled.ts';
import { openScreen } from '../../src/views/screen.ts';
import { decideTerminal } from '../../src/views/terminal/decide-terminal.ts';
import type { HistoryChart } from '../../src/views/terminal/history-chart.ts';
import type { Key } from '../../src/views/terminal/key.ts';

/**
 * The smallest program with a screen: it shows its size, the last keys and a counter, and does what a key says. The
 * tests of the screen run it, bundled, in a pseudo-terminal. What it does at its end goes to the file END_LOG.
 */
async function main(): Promise<void> {
  const decision = decideTerminal({
    env: process.env,
    inputIsTty: process.stdin.isTTY,
    outputIsTty: process.stdout.isTTY,
  });
  if (decision.kind === 'unusable') {
    process.stderr.write(`${decision.reason}\n`);
    process.exit(2);
  }
  const keys: string[] = [];
  let ticks = 0;
  let typing = false;
  const paint = () => screen.paint(frame(), typing ? { row: 1, column: 7 } : undefined);
  const frame = (): StyledLine[] => {
    const { columns, rows } = screen.size();
    return [
      [run(` size ${columns}x${rows} `, { inverse: true, bold: true })],
      [run(`keys: ${keys.slice(-12).join(' ')}`)],
      [run('dim', { ink: 'dim' }), run(' '), run('alarm', { ink: 'brightRed', underline: true })],
      [run('{bold}tag{/bold} \x1b[31mred 宽 ⣿╭█ e\u0301 tab\tend')],
      [run(`tick ${ticks}`)],
      ...Array.from({ length: Math.max(0, rows - 5) }, (_, row) => [
        run(`filler ${row} ${'█⣿'.repeat(columns)}`, { ink: row % 2 === 0 ? 'green' : 'cyan' }),
      ]),
    ];
  };
  const onKey = (key: Key) => {
    keys.push(`${key.ctrl ? '^' : ''}${key.shift ? 'S-' : ''}${key.name}`);
    if (key.name === 'q') leave(0);
    else if (key.ctrl && key.name === 'z') screen.suspend();
    else if (key.ctrl && key.name === 'l') screen.redraw();
    else if (key.name === '/') typing = true;
    else if (key.name === 'escape') typing = false;
    else if (key.name === 'Z') screen.showChart(CHART);
    else if (key.name === 'X') screen.showChart(undefined);
    else if (key.name === 'Y') screen.copy('copied text');
    else if (key.name === 'T') screen.setTitle('a title');
    else if (key.name === 'E') throw new Error('thrown on purpose');
    paint();
  };
  const leave = async (code: number) => {
    await screen.close();
    process.exit(code);
  };
  const screen = await openScreen({
    input: process.stdin,
    output: process.stdout,
    unicode: decision.unicode,
    colour: decision.colour,
    after(milliseconds, then) {
      const timer = setTimeout(then, milliseconds);
      return () => clearTimeout(timer);
    },
    onKey,
    onPaste: (text) => {
      keys.push(`paste:${text}`);
      paint();
    },
    onResize: paint,
    onStrayError: () => false,
    forgetTerminal,
    onEnd(end) {
      if (process.env.END_LOG !== undefined) appendFileSync(process.env.END_LOG, `${end.why} ${end.exitCode}\n`);
      process.exit(end.exitCode);
    },
  });
  paint();
  setInterval(() => {
    ticks += 1;
    paint();
    if (process.env.TICK_LOG !== undefined) appendFileSync(process.env.TICK_LOG, `${ticks}\n`);
  }, 100);
}

const CHART: HistoryChart = {
  series: [
    {
      points: Array.from({ length: 60 }, (_, point) => (point > 20 && point < 30 ? undefined : point % 25)),
      ink: 'yellow',
    },
  ],
  points: 60,
  scale: { smallest: 0, largest: 30, steps: 6 },
  marks: [{ point: 40, ink: 'red' }],
  firstRow: 6,
  rows: 30,
};

main();
