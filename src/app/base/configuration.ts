import { join } from 'node:path';
import * as v from 'valibot';
import { errnoOf, errnoSentence } from '../../core/errno.ts';
import { issueWithoutContent, parseJson } from '../../core/json.ts';
import { isMissing } from '../../core/missing.ts';
import { readNamedFile } from '../../host/regular-file.ts';
import { whyNotTrusted } from './configuration-trust.ts';
import { FORMATS } from './export-formats.ts';
import { thresholdsOf } from './thresholds-of.ts';
import { WrongUsage } from './wrong-usage.ts';

const NO_NUMBER = 'not a number';

const number = (least: number, most: number) =>
  v.pipe(v.number(NO_NUMBER), v.minValue(least, `at least ${least}`), v.maxValue(most, `at most ${most}`));

const text = () => v.pipe(v.string('not a text'), v.nonEmpty('empty'));

const absolute = (message: string) => v.pipe(text(), v.startsWith('/', message));

const yesOrNo = () => v.boolean('true or false');

/** The keys of a configuration file; flags and environment variables set the same. */
const schema = v.strictObject({
  /** Between two samples of the fast lane. */
  delaySeconds: v.optional(number(0.2, 3600)),
  /** The process to watch in kubelet's place. */
  pid: v.optional(v.pipe(v.number(NO_NUMBER), v.integer('not a whole number'), v.minValue(1, 'at least 1'))),
  processName: v.optional(text()),
  hostRoot: v.optional(text()),
  /** What the node is called: for a pod, which has a name of its own. */
  nodeName: v.optional(text()),
  cgroupRoot: v.optional(absolute('not an absolute path on the node')),
  /** The largest share of one core for the slow reads, in percent. */
  probeBudgetPct: v.optional(number(0.1, 100)),
  readOnly: v.optional(yesOrNo()),
  color: v.optional(yesOrNo()),
  /** Whether the terminal has a light background. */
  theme: v.optional(v.picklist(['dark', 'light'], 'dark or light')),
  ascii: v.optional(yesOrNo()),
  /** Where `e` puts its files. */
  exportFolder: v.optional(text()),
  /** What `e` writes; a list, or words with commas between. */
  exportFormats: v.optional(
    v.pipe(
      v.union([v.string(), v.array(v.string())], 'a list of formats'),
      v.transform((given) => (typeof given === 'string' ? given.split(',').map((word) => word.trim()) : given)),
      v.array(v.picklist(FORMATS, `one of ${FORMATS.join(', ')}`)),
      v.minLength(1),
    ),
  ),
  /** Names of nodes, namespaces and pods, and ids, are replaced by pseudonyms in every export. */
  redact: v.optional(yesOrNo()),
  /** Writes a bundle when the verdict becomes so bad: once per incident. */
  snapshotOn: v.optional(v.picklist(['critical', 'warning'], 'critical or warning')),
  /** So long after a bundle was written by itself no other one is. */
  snapshotCooldownSeconds: v.optional(number(0, 7 * 86_400)),
  /** Where errors of the sampler process go. */
  log: v.optional(text()),
  /** The lock between instances, instead of the node's /run/slabtop-k8s.lock. */
  lockFile: v.optional(absolute('not an absolute path')),
  /** Thresholds of the verdict, by name. */
  thresholds: v.optional(v.record(v.string(), v.number(NO_NUMBER))),
});

/** What was configured, wherever it was. */
export type Configuration = v.InferOutput<typeof schema>;

type Key = keyof Configuration;

/** The environment variable of each key that has one. */
export const VARIABLES: Readonly<Partial<Record<Key, string>>> = {
  delaySeconds: 'SLABTOP_K8S_DELAY',
  pid: 'SLABTOP_K8S_PID',
  processName: 'SLABTOP_K8S_PROCESS',
  hostRoot: 'SLABTOP_K8S_HOST_ROOT',
  nodeName: 'NODE_NAME',
  cgroupRoot: 'SLABTOP_K8S_CGROUP_ROOT',
  probeBudgetPct: 'SLABTOP_K8S_PROBE_BUDGET',
  readOnly: 'SLABTOP_K8S_READ_ONLY',
  color: 'SLABTOP_K8S_COLOR',
  theme: 'SLABTOP_K8S_THEME',
  ascii: 'SLABTOP_K8S_ASCII',
  exportFolder: 'SLABTOP_K8S_EXPORT_FOLDER',
  exportFormats: 'SLABTOP_K8S_EXPORT_FORMATS',
  redact: 'SLABTOP_K8S_REDACT',
  snapshotOn: 'SLABTOP_K8S_SNAPSHOT_ON',
  snapshotCooldownSeconds: 'SLABTOP_K8S_SNAPSHOT_COOLDOWN',
  log: 'SLABTOP_K8S_LOG',
  lockFile: 'SLABTOP_K8S_LOCK_FILE',
};

/** No configuration comes near it. */
export const MOST_CONFIGURATION_BYTES = 1024 * 1024;

/**
 * Checks values; throws {@link WrongUsage} that begins with the name that `nameOf` gives a key: the flag as typed, the
 * variable with its value. Of a file the value is not quoted: it may be any file that somebody named.
 */
export function checkConfiguration(values: unknown, nameOf: (key: string) => string): Configuration {
  return checked(values, 'flags', ({ message, key }) => `${nameOf(key.split('.', 1)[0] ?? key)}: ${message}`);
}

/** The same for a file, whose keys are named as they stand there. */
function checkFile(values: unknown, file: string): Configuration {
  return checked(values, file, ({ message, key, issue }) =>
    // A message of valibot's own quotes what it found.
    message.startsWith('Invalid ') ? `${file}: ${issueWithoutContent(issue)}` : `${file}: ${key}: ${message}`,
  );
}

interface Refused {
  readonly issue: v.InferIssue<typeof schema>;
  readonly key: string;
  readonly message: string;
}

function checked(values: unknown, where: string, sentence: (refused: Refused) => string): Configuration {
  const parsed = v.safeParse(schema, values);
  if (parsed.success) {
    refuseUnknownThresholds(parsed.output, where);
    return parsed.output;
  }
  const [issue] = parsed.issues;
  const key = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    throw new WrongUsage(`${where}: unknown key "${key}"; known are ${Object.keys(schema.entries).join(', ')}`);
  }
  throw new WrongUsage(sentence({ issue, key, message: issue.message }));
}

/** Before anything runs, and not when the first verdict is made. */
function refuseUnknownThresholds({ thresholds }: Configuration, where: string): void {
  try {
    thresholdsOf(thresholds);
  } catch (error) {
    throw error instanceof WrongUsage ? new WrongUsage(`${where}: ${error.message}`) : error;
  }
}

/** The values of `SLABTOP_K8S_*`. An unknown one is named, like an unknown key. */
function configurationOfEnvironment(env: Readonly<Record<string, string | undefined>>): Configuration {
  const values: Record<string, unknown> = {};
  const known = new Map(Object.entries(VARIABLES).map(([key, variable]) => [variable, key]));
  for (const [variable, text] of Object.entries(env)) {
    if (
      !variable.startsWith('SLABTOP_K8S_') ||
      variable === 'SLABTOP_K8S_CONFIG' ||
      variable === 'SLABTOP_K8S_PROMETHEUS' ||
      text === undefined
    )
      continue;
    const key = known.get(variable);
    if (key === undefined) {
      throw new WrongUsage(`unknown environment variable ${variable}; known are ${[...known.keys()].join(', ')}`);
    }
    values[key] = typedValue(text);
  }
  return checkConfiguration(values, (key) => {
    const variable = VARIABLES[key as Key] ?? key;
    return `${variable}=${env[variable] ?? ''}`;
  });
}

/** `1`, `true` and `0.5` are what they look like; all else is text. */
function typedValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/**
 * The configuration files, the one that wins first. Without HOME there is none of a person: asking the user database
 * instead throws where there is no such database, as in a container that has only this program.
 */
export function configurationFiles(env: Readonly<Record<string, string | undefined>>): string[] {
  const own = env.XDG_CONFIG_HOME || (env.HOME ? join(env.HOME, '.config') : undefined);
  const folders = own === undefined ? ['/etc'] : [own, '/etc'];
  return folders.map((folder) => join(folder, 'slabtop-k8s', 'config.json'));
}

/** Reads one configuration file; `undefined` where there is none, or none that we may read. */
function readConfigurationFile(file: string): Configuration | undefined {
  let text: string;
  try {
    text = readNamedFile(file, MOST_CONFIGURATION_BYTES).toString('utf8');
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'EACCES') return undefined;
    throw new WrongUsage(`${file}: ${errnoSentence(errno)}`);
  }
  const why = whyNotTrusted(file);
  if (why !== undefined) throw new WrongUsage(`${file} is not read as root: ${why}; give --config FILE`);
  const json = parseJson(text);
  if (isMissing(json)) throw new WrongUsage(`${file}: ${json.detail}`);
  return checkFile(json.value, file);
}

/**
 * Flags win over the environment, that over the files. `named` is the file of `--config`, which then stands for all
 * files and must be there.
 */
export function configure(
  flags: Configuration,
  env: Readonly<Record<string, string | undefined>>,
  named: string | undefined,
): Configuration {
  const file = named ?? env.SLABTOP_K8S_CONFIG;
  const found =
    file === undefined
      ? configurationFiles(env).map(readConfigurationFile).toReversed()
      : [readConfigurationFile(file) ?? throwUsage(`${file}: no such configuration file that can be read`)];
  return Object.assign({}, ...found, configurationOfEnvironment(env), flags);
}

function throwUsage(message: string): never {
  throw new WrongUsage(message);
}
