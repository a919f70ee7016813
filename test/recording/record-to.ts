import { openFileWriter } from '../../src/recording/file-writer.ts';
import { chunksOf, HEADER, known, sampleFrames } from './sample-frames.ts';

/** Records to the file named on the command line and prints what was told, as JSON: for a process with little disk. */
const told: string[] = [];
const path = process.argv[2] ?? '';
const writer = known(await openFileWriter(path, HEADER, { onStopped: (line) => told.push(line) }));
for (const chunk of await chunksOf(sampleFrames(200), 20)) writer.write(chunk);
await writer.close();
console.log(JSON.stringify(told));
