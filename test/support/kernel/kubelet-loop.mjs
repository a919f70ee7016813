// Run by fake-kubelet.ts under the name of kubelet. Reads files over and over, each in a thread of Node's pool, whose
// size is the number of threads asked for.
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { reads, everyMilliseconds, holdMilliseconds, name } = JSON.parse(process.env.KUBELET_LOOP);

// Newer Nodes give their main thread a name of their own; the kernel keeps it as the process's comm.
writeFileSync('/proc/self/comm', name);

async function readOne(path) {
  const file = await open(path);
  try {
    await file.readFile();
    if (holdMilliseconds > 0) await sleep(holdMilliseconds);
  } finally {
    await file.close();
  }
}

await readOne('/proc/self/comm');
process.stdout.write(readFileSync('/proc/self/comm'));
for (;;) {
  await Promise.all(reads.map(readOne));
  await sleep(everyMilliseconds);
}
