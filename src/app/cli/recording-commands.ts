import type { DemoFlags } from '../screen/demo/demo.ts';
import type { CommandParts } from './command-parts.ts';
import { LOOK_FLAGS, NODE_FLAGS, takeCommon } from './common-flags.ts';
import type { DiffFormat } from './diff/diff.ts';
import { addIncidentFlags, addRecordFlags, addReportFlags, type RecordFlags, recordOptions } from './flag-groups.ts';
import { choice, positive, typedFlags } from './flags.ts';
import { refuseRedact } from './refuse-redact.ts';
import type { ReplayFlags } from './replay.ts';

/** Adds `record`. */
export function addRecordCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('record'), [...NODE_FLAGS, 'delay'])
    .description('record without a screen, until ^C')
    .argument('<file>', 'a new file');
  addRecordFlags(command);
  addIncidentFlags(command.optionsGroup('Bundles that are written by themselves:'))
    .option('--redact', 'names and ids are replaced by pseudonyms in them')
    .action(async (file: string) => {
      const flags = typedFlags<RecordFlags>(command);
      const { record } = await import('./record.ts');
      finish(await record(settingsOf(command), recordOptions(file, flags)));
    });
}

/** Adds `replay`. */
export function addReplayCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('replay'), LOOK_FLAGS)
    .description('the screen of a recording, with time travel; nothing of it touches the node')
    .argument('<file>', 'a recording, or a bundle')
    .option('--at <time>', 'begin there: 14:03, -5m (before its end) or 2026-11-23T14:03')
    .option('--speed <factor>', 'how fast it plays (default 1)', positive)
    .option('--follow', 'stay at the end of a recording that is still written')
    .option('--once', 'print the report of that moment (the last one) and exit');
  addReportFlags(command, 'print the report of every frame')
    .option('--export-formats <list>', 'what e writes: md, json, text, svg, bundle (default md,json)')
    .option('--redact', 'names and ids are replaced by pseudonyms in what e writes')
    .action(async (file: string) => {
      const { replay } = await import('./replay.ts');
      const flags = typedFlags<ReplayFlags & { redact?: boolean }>(command);
      if (flags.once || flags.batch) refuseRedact(flags);
      finish(await replay(settingsOf(command), file, flags));
    });
}

/** Adds `demo`. */
export function addDemoCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('demo'), LOOK_FLAGS)
    .description('plays a recorded incident: nothing to install, nothing to break')
    .option('--at <time>', 'begin there: 14:03, or -5m (before its end)')
    .option('--speed <factor>', 'how fast it plays (default 1: two minutes)', positive)
    .option('--fleet', 'the screen of a whole fleet: two hundred invented nodes')
    .action(async () => {
      const flags = typedFlags<DemoFlags & { fleet?: boolean }>(command);
      if (flags.fleet === true) {
        const { showInventedFleet } = await import('./fleet-command.ts');
        return finish(await showInventedFleet(settingsOf(command)));
      }
      const { demo } = await import('../screen/demo/demo.ts');
      finish(await demo(settingsOf(command), flags));
    });
}

/** Adds `diff`. */
export function addDiffCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('diff'), LOOK_FLAGS)
    .description('two moments side by side: what changed, by how much, what it means')
    .argument('<a>', 'a JSON document of snapshot, a bundle, or a recording; FILE@14:03 is a moment of it')
    .argument('<b>', 'the other one')
    .addOption(choice('--format <format>', 'how it is printed', ['text', 'md', 'json']).default('text'))
    .action(async (a: string, b: string) => {
      const { diff } = await import('./diff/diff.ts');
      const { format } = typedFlags<{ format: DiffFormat }>(command);
      finish(await diff(settingsOf(command), a, b, format));
    });
}
