import * as v from 'valibot';
import type { EpochMs } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import { missingSchema, parseStoredJson } from './stored-json.ts';

/** What a recording is of, told once at its beginning. */
export interface RecordingHeader {
  /** Of the program that wrote it. */
  readonly toolVersion: string;
  readonly startedAt: EpochMs;
  /** `host.origin` of what was recorded, so that a fixture's recording does not pass for a node's. */
  readonly origin: { readonly kind: 'live' | 'fixture' | 'replay'; readonly root: string };
  readonly node: { readonly name: Maybe<string>; readonly kernel: Maybe<string> };
  /** Where it comes from, where that needs to be told on the screen: the demo's captures, what was redacted. */
  readonly about?: string;
}

const maybeText = v.union([v.string(), missingSchema]);

const headerSchema: v.GenericSchema<unknown, RecordingHeader> = v.object({
  toolVersion: v.string(),
  startedAt: v.number(),
  origin: v.object({ kind: v.picklist(['live', 'fixture', 'replay']), root: v.string() }),
  node: v.object({ name: maybeText, kernel: maybeText }),
  about: v.exactOptional(v.string()),
});

/** The header's payload. */
export function encodeHeader(header: RecordingHeader): Uint8Array {
  return Buffer.from(JSON.stringify(header), 'utf8');
}

/** What {@link encodeHeader} wrote; throws `DamagedBytes` where it is of another form. */
export function decodeHeader(payload: Uint8Array): RecordingHeader {
  return parseStoredJson(headerSchema, Buffer.from(payload).toString('utf8'));
}
