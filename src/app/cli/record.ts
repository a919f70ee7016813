import { isMissing } from '../../core/missing.ts';
import { bytes } from '../../format/quantity.ts';
import { openHost } from '../../host/open-host.ts';
import { printError, toldLog } from '../base/print-error.ts';
import { Recorder, type RecordOptions, recordingHeader } from '../base/recorder.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { samplerConfig } from '../children/collect.ts';
import { SamplerClient } from '../children/sampler/client.ts';
import { incidentKeeper } from '../screen/incident-keeper.ts';

const INTERVAL_SECONDS = 2;

/** Signals that end a recording well. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Records without a screen until it is told to end. The answer is the exit code. */
export async function record(settings: Settings, options: RecordOptions): Promise<number> {
  const recorder = new Recorder();
  const log = toldLog(settings.log);
  let written = 0;
  return new Promise((settle) => {
    const end = async (code: number, message?: string) => {
      await keeper?.finish();
      await client.finish();
      clearInterval(alive);
      for (const signal of ENDING) process.off(signal, ended);
      await recorder.close();
      if (message !== undefined) printError(message, log);
      else process.stdout.write(`${options.file}\n`);
      settle(code);
    };
    const ended = () => void end(EXIT.fine);
    const { origin } = openHost(settings.root);
    const keeper = incidentKeeper(settings, origin, {
      flush: () => client.flush(),
      note: (note) => client.send({ kind: 'note', note }),
    });
    const client = new SamplerClient(
      samplerConfig(settings, 'live', INTERVAL_SECONDS),
      {
        onTick: (tick) => keeper?.tick(tick),
        onChunk: (chunk) => {
          written += chunk.payload.length;
          recorder.take(chunk);
          keeper?.take(chunk);
        },
        onDeath: (reason) => printError(`the sampler process ended (${reason}); started again`, log),
        onFailed: (message) => void end(EXIT.failed, message),
      },
      log,
    );
    const alive = setInterval(() => {
      if (process.stderr.isTTY)
        process.stderr.write(`\rrecording to ${options.file}: ${bytes(written)}  (^C ends it) `);
    }, 5000);
    for (const signal of ENDING) process.on(signal, ended);
    const header = recordingHeader(origin);
    recorder
      .open(options, header, (message) => void end(EXIT.failed, message))
      .then((opened) => {
        if (isMissing(opened)) void end(EXIT.failed, opened.detail ?? opened.unavailable);
      });
  });
}
