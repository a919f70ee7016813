/**
 * The parts of blessed 0.1.81 and blessed-contrib 4.11 that this folder uses. `@types/blessed` knows neither the
 * sub-paths nor the cell buffer, the terminfo object and the write buffer, which are all that is used here.
 */

declare module 'blessed/lib/tput.js' {
  interface TputPrototype {
    parseTerminfo(data: Buffer, file: string): import('./blessed-parts.ts').TerminfoEntry;
    _compile(info: import('./blessed-parts.ts').TerminfoEntry, key: string, value: unknown): unknown;
  }
  const Tput: {
    new (options: { terminal: string; forceUnicode?: boolean }): import('./blessed-parts.ts').TerminalCapabilities;
    readonly prototype: TputPrototype;
  };
  export default Tput;
}

declare module 'blessed/lib/program.js' {
  const Program: { new (options: object): import('./blessed-parts.ts').BlessedProgram };
  export default Program;
}

declare module 'blessed/lib/widgets/screen.js' {
  const Screen: {
    new (options: {
      program: import('./blessed-parts.ts').BlessedProgram;
      resizeTimeout: number;
      forceUnicode: boolean;
    }): import('./blessed-parts.ts').BlessedScreen;
  };
  export default Screen;
}

declare module 'blessed-contrib/lib/widget/charts/line.js' {
  const Line: {
    new (options: import('./blessed-parts.ts').LineWidgetOptions): import('./blessed-parts.ts').LineWidget;
  };
  export default Line;
}
