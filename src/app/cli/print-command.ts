import { Argument } from 'commander';
import { EXIT } from '../base/settings.ts';
import type { CommandParts } from './command-parts.ts';
import { takeCommon } from './common-flags.ts';
import { describeCommandLine } from './description.ts';
import { typedFlags } from './flags.ts';
import type { PrintFlags } from './print.ts';
import { PRINTABLE_THINGS, type PrintableThing } from './print-names.ts';

/** Adds `print`. */
export function addPrintCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('print'), ['config'])
    .description('print what a roll-out takes, or a reference: all made from this program')
    .addArgument(new Argument('<what>', 'what to print').choices(PRINTABLE_THINGS))
    .optionsGroup('kubernetes:')
    .option('--image <image>', 'the image of this program')
    .option('--namespace <name>', 'where it runs', 'slabtop-k8s')
    .option('--pod-monitor', 'a PodMonitor too, for the Prometheus operator')
    .optionsGroup('krew-manifest:')
    .option('--archive-url <url>', 'where the archive is')
    .option('--archive-sha256 <sum>', 'its SHA-256');
  command.action(async (what: PrintableThing) => {
    const { printed } = await import('./print.ts');
    const flags = { ...typedFlags<Omit<PrintFlags, 'program'>>(command), program: () => describeCommandLine(root) };
    process.stdout.write(printed(what, settingsOf(command), flags));
    finish(EXIT.fine);
  });
}
