import type { BlessedProgram, BlessedScreen, TerminalCapabilities, TerminfoEntry } from './blessed-parts.ts';
import { narrowTerminfo } from './terminfo.ts';

/** How long a terminal that is being resized must rest before everything is drawn again. */
const RESIZE_REST_MS = 80;

/** What the library sees instead of the process's own streams. */
export interface BlessedStreams {
  readonly input: object;
  readonly output: object;
}

/**
 * Loads the widget library, mends what it cannot read in this machine's terminfo, and opens its screen. Raw mode and
 * the alternate screen are on when this returns.
 */
export async function openBlessed(
  streams: BlessedStreams,
  unicode: boolean,
): Promise<{ program: BlessedProgram; screen: BlessedScreen }> {
  const [{ default: Program }, { default: Screen }] = await Promise.all([
    import('blessed/lib/program.js'),
    import('blessed/lib/widgets/screen.js'),
  ]);
  await mendTerminfo();
  const options = { forceUnicode: unicode, resizeTimeout: RESIZE_REST_MS };
  const program = withoutTmux(() => new Program({ ...streams, ...options, tput: true, buffer: true, zero: true }));
  // Line drawing through the alternate character set shows as "lqqk" in a capture of a tmux pane.
  const capabilities: TerminalCapabilities = program.tput;
  capabilities.brokenACS = true;
  return { program, screen: new Screen({ program, ...options }) };
}

let mended = false;

/**
 * Lets the library read every terminfo entry, once per process: 32-bit entries are narrowed, and a capability is
 * compiled when it is first used, on its own. The library compiles all 400 at start (a third of the time to the first
 * frame), and one that it cannot compile (`Setulc` of xterm) costs it the whole entry.
 * @internal
 */
export async function mendTerminfo(): Promise<void> {
  if (mended) return;
  mended = true;
  const { default: Tput } = await import('blessed/lib/tput.js');
  const { parseTerminfo, _compile } = Tput.prototype;
  Tput.prototype.parseTerminfo = function (data, file): TerminfoEntry {
    return parseTerminfo.call(this, narrowTerminfo(data), file);
  };
  Tput.prototype._compile = function (info, key, value) {
    if (typeof value !== 'string') return _compile.call(this, info, key, value);
    let compiled: unknown;
    return (parameters: unknown) => {
      compiled ??= compileQuietly(() => _compile.call(this, info, key, value));
      return typeof compiled === 'function' ? compiled(parameters) : '';
    };
  };
}

/** A capability that does not compile is one the terminal does not have; the library would print its code to stderr. */
function compileQuietly(compile: () => unknown): unknown {
  const report = console.error;
  console.error = () => undefined;
  try {
    return compile();
  } catch {
    return false;
  } finally {
    console.error = report;
  }
}

/** Inside tmux the library would start `tmux -V` to learn how to pass sequences through, none of which is used. */
function withoutTmux<T>(make: () => T): T {
  const { TMUX } = process.env;
  delete process.env.TMUX;
  try {
    return make();
  } finally {
    if (TMUX !== undefined) process.env.TMUX = TMUX;
  }
}
