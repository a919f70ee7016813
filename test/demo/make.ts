// Makes src/app/screen/demo/incident.slabrec: node --import ./test/bench/typescript.mjs test/demo/make.ts
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMissing } from '../../src/core/missing.ts';
import { BlockWriter } from '../../src/recording/block-writer.ts';
import { openFileWriter } from '../../src/recording/file-writer.ts';
import { makeFolder } from '../support/cleanup.ts';
import { Camera } from './camera.ts';
import { capturedFiles } from './captured.ts';
import { IncidentHost } from './incident-host.ts';
import type { MeasuredRow } from './timeline.ts';

const CAPTURE = 'linux-4.4.155-cgroup1';

const ABOUT =
  'made from captures of Linux 4.4.155: read times measured; numbers between captures and CPU times interpolated; pod names invented; pid 18698 acts as kubelet';

const target = fileURLToPath(new URL('../../src/app/screen/demo/incident.slabrec', import.meta.url));
const { path: folder, remove } = makeFolder(tmpdir(), 'demo');
try {
  const archive = fileURLToPath(new URL(`../fixtures/hosts/${CAPTURE}.tar.gz`, import.meta.url));
  execFileSync('tar', ['xzf', archive, '-C', folder]);
  const file = join(folder, 'incident.slabrec');
  await make(join(folder, CAPTURE), file);
  const bytes = readFileSync(file);
  writeFileSync(target, bytes);
  process.stdout.write(`${target}: ${bytes.length} bytes\n`);
} finally {
  remove();
}

async function make(capture: string, file: string): Promise<void> {
  const declared: { readonly measured: readonly MeasuredRow[] } = JSON.parse(
    readFileSync(join(capture, 'host.json'), 'utf8'),
  );
  const moment = (name: string) => capturedFiles(join(capture, name));
  const captures = { healthy: moment('healthy'), incident: moment('incident'), afterDrop: moment('after-drop') };
  const host = new IncidentHost(captures, declared.measured);
  const unknown = { unavailable: 'warming-up', detail: 'stands in the first frame' } as const;
  const header = {
    toolVersion: '1.0.0',
    startedAt: host.clock.now(),
    origin: host.origin,
    node: { name: unknown, kernel: unknown },
    about: ABOUT,
  };
  const fail = (message: string) => {
    throw new Error(message);
  };
  const writer = await openFileWriter(file, header, { onStopped: fail });
  if (isMissing(writer)) throw new Error(writer.detail);
  const blocks = new BlockWriter({
    keyedTopics: new Set(['statReads']),
    onChunk: (chunk) => writer.write(chunk),
    onFailure: fail,
    // One window for all of it: a jump reads everything before, and that is half a megabyte.
    blockSeconds: Number.POSITIVE_INFINITY,
  });
  new Camera(host, blocks).film();
  await blocks.close();
  await writer.close();
}
