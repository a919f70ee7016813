import { isMainThread, workerData } from 'node:worker_threads';
import { failAtFileSizeLimit } from './base/file-size-limit.ts';
import { printError } from './base/print-error.ts';
import { setV8Flags } from './base/v8-flags.ts';
import { DROP_ARGUMENT } from './children/drop/protocol.ts';
import { IDENTITY_ARGUMENT } from './children/machine/protocol.ts';
import { SAMPLER_ARGUMENT } from './children/sampler/protocol.ts';
import { PLUGIN_ARGUMENT, WAIT_ARGUMENT, waitForTheEnd } from './kubectl/protocol.ts';
import { isPasswordWorker } from './serve/password-protocol.ts';

/**
 * One file, many roles: the command line, the sampler process, the child that writes to drop_caches, the one that asks
 * what the machine is made of, the plugin of kubectl and what waits in its pod. Each loads only what it needs.
 */
async function main(): Promise<void> {
  // Started through a dynamic loader of its own, the process would bear the loader's name.
  process.title = 'slabtop-k8s';
  setV8Flags();
  failAtFileSizeLimit();
  if (!isMainThread && isPasswordWorker(workerData)) {
    const { runPasswordWorker } = await import('./serve/password-worker.ts');
    return runPasswordWorker();
  }
  switch (process.argv[2]) {
    case SAMPLER_ARGUMENT: {
      const { runSamplerProcess } = await import('./children/sampler/sampler-process.ts');
      return runSamplerProcess();
    }
    case DROP_ARGUMENT: {
      const { runDropProcess } = await import('./children/drop/drop-process.ts');
      return runDropProcess();
    }
    case IDENTITY_ARGUMENT: {
      const { runIdentityProcess } = await import('./children/machine/machine-process.ts');
      return runIdentityProcess();
    }
    case WAIT_ARGUMENT:
      return waitForTheEnd();
    case PLUGIN_ARGUMENT: {
      const { runPlugin } = await import('./kubectl/plugin.ts');
      process.exitCode = await runPlugin(process.argv.slice(3));
      return;
    }
    default: {
      const { runCommandLine } = await import('./cli/command-line.ts');
      const code = await runCommandLine(process.argv.slice(2));
      process.exitCode = code;
      // A terminal that takes nothing (^S, a hung connection) would keep the process for as long as it is so.
      if (process.stdout.isTTY && process.stdout.writableLength > 0) process.exit(code);
    }
  }
}

main().catch((error: unknown) => {
  // One line for a person; the stack of a bundled file is of no use without its text.
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
