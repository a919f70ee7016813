import { type CommandLineDescription, describeCommandLine } from '../../../src/app/cli/description.ts';
import { commandLine } from '../../../src/app/cli/program.ts';

/** The command line as data, as help, the man page and completion get it. */
export const DEFINED: CommandLineDescription = describeCommandLine(commandLine([], () => {}, '1.0.0'));

/** The program itself and all of its commands. */
export const COMMANDS = [DEFINED, ...DEFINED.commands];
