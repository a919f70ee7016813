import { findProgram } from '../../capture/find-program.ts';
import { printError } from '../base/print-error.ts';
import { EXIT } from '../base/settings.ts';
import { runInTerminal } from '../children/own-process.ts';

/**
 * Gives the terminal, and the environment that kubectl's credentials need, to `kubectl slabtop NODE` until that is left. The answer is an exit code where it could not be
 * started, and nothing where the fleet's screen goes on.
 */
export async function goLive(node: string): Promise<number | undefined> {
  const kubectl = findProgram('kubectl', process.env.PATH);
  if (kubectl === undefined) {
    printError('kubectl is not on PATH: run this where kubectl is');
    return EXIT.failed;
  }
  const code = await runInTerminal(kubectl, ['slabtop', node], process.env);
  if (code === 0) return undefined;
  printError(`kubectl slabtop ${node} ended with ${code}`);
  return EXIT.failed;
}
