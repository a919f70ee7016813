import * as v from 'valibot';
import { isKnown, type Maybe, missing } from '../../../core/missing.ts';

/** The version of bundles that this program writes; it reads every version up to it. */
const BUNDLE_VERSION = 1;

/** What a bundle's manifest begins with. */
export const BUNDLE_SCHEMA = `slabtop-k8s-bundle/${BUNDLE_VERSION}`;

/** The manifest's name inside a bundle. It is the first entry. */
export const MANIFEST_NAME = 'manifest.json';

/** The recording's name inside a bundle. */
export const RECORDING_NAME = 'recording.slabrec';

/** The JSON document's name inside a bundle. */
export const DOCUMENT_NAME = 'snapshot.json';

const maybeText = v.union([v.string(), v.object({ unavailable: v.string(), detail: v.exactOptional(v.string()) })]);

const entrySchema = v.object({
  /** Below the bundle's folder. */
  path: v.string(),
  /** Name and version of its form, such as `slabtop-k8s/1` of the JSON document. */
  format: v.string(),
  /** What it holds, in a few words. */
  about: v.string(),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

const manifestSchema = v.object({
  schema: v.string(),
  tool: v.object({ version: v.string() }),
  /** When the bundle was made, and the moment of its snapshot. RFC 3339. */
  createdAt: v.string(),
  moment: v.string(),
  /** What was looked at: a node (`live`), a fixture, a replay. */
  origin: v.picklist(['live', 'fixture', 'replay']),
  node: v.object({ name: maybeText, kernel: maybeText }),
  /** What was replaced, in sentences; empty where nothing was. */
  redacted: v.array(v.string()),
  entries: v.array(entrySchema),
});

/** What a bundle says of itself. */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** The manifest in a bundle's first entry; missing, in words, where it is none or of a later version. */
export function parseManifest(text: string): Maybe<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return missing('malformed', `${MANIFEST_NAME} is not JSON`);
  }
  const version = versionOf(json);
  if (isKnown(version) && version > BUNDLE_VERSION) {
    return missing('unsupported', `a bundle of version ${version}; this program reads ${BUNDLE_VERSION}`);
  }
  const parsed = v.safeParse(manifestSchema, json);
  if (isKnown(version) && parsed.success) return parsed.output;
  return missing('malformed', `${MANIFEST_NAME} is not that of a bundle of slabtop-k8s`);
}

function versionOf(json: unknown): Maybe<number> {
  const schema = typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined;
  const version = typeof schema === 'string' ? /^slabtop-k8s-bundle\/(\d{1,4})$/.exec(schema)?.[1] : undefined;
  return version === undefined ? missing('malformed', 'no version') : Number(version);
}
