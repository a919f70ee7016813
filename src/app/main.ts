import { isMainThread, workerData } from 'node:worker_threads';
import { complain } from './complain.ts';
import { DROP_ARGUMENT } from './drop/protocol.ts';
import { IDENTITY_ARGUMENT } from './identity/protocol.ts';
import { optimiseLate } from './optimise-late.ts';
import { SAMPLER_ARGUMENT } from './sampler/protocol.ts';
import { isSlowLane } from './sampler/slow-lane-worker.ts';
import { isPasswordWorker } from './serve/password-protocol.ts';

/**
 * One file, five roles: the command line, the sampler process, its slow lane, the child that writes to drop_caches, and
 * the one that asks what the machine is made of. Each loads only what it needs.
 */
async function main(): Promise<void> {
  // Started through a dynamic loader of its own, the process would bear the loader's name.
  process.title = 'slabtop-k8s';
  optimiseLate();
  if (!isMainThread && isSlowLane(workerData)) {
    const { runSlowLane } = await import('./sampler/slow-lane-worker.ts');
    return runSlowLane();
  }
  if (!isMainThread && isPasswordWorker(workerData)) {
    const { runPasswordWorker } = await import('./serve/password-worker.ts');
    return runPasswordWorker();
  }
  switch (process.argv[2]) {
    case SAMPLER_ARGUMENT: {
      const { runSamplerProcess } = await import('./sampler/sampler-process.ts');
      return runSamplerProcess();
    }
    case DROP_ARGUMENT: {
      const { runDropProcess } = await import('./drop/drop-process.ts');
      return runDropProcess();
    }
    case IDENTITY_ARGUMENT: {
      const { runIdentityProcess } = await import('./identity/identity-process.ts');
      return runIdentityProcess();
    }
    default: {
      const { runCommandLine } = await import('./command-line.ts');
      const code = await runCommandLine(process.argv.slice(2));
      process.exitCode = code;
      // A terminal that takes nothing (^S, a hung connection) would keep the process for as long as it is so.
      if (process.stdout.isTTY && process.stdout.writableLength > 0) process.exit(code);
    }
  }
}

main().catch((error: unknown) => {
  // One line for a person; the stack of a bundled file is of no use without its text.
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
