import { isMissing, knownOr, type Maybe } from '../../../core/missing.ts';
import { systemClock } from '../../../host/live-host.ts';
import { FILE_VERSION, recordingFile } from '../../../recording/file-format.ts';
import type { RecordingHeader } from '../../../recording/header.ts';
import { Playback } from '../../../recording/playback.ts';
import type { RecordingSource } from '../../../recording/recording-source.ts';
import type { TextFormat } from '../../base/export-formats.ts';
import { exportName } from '../../base/new-file.ts';
import { type Exportable, renderExport } from '../render-export.ts';
import { captureFiles } from './capture-files.ts';
import { BUNDLE_SCHEMA, DOCUMENT_NAME, type Manifest, RECORDING_NAME } from './manifest.ts';
import { type BundleFile, packBundle } from './pack-bundle.ts';
import { rawText } from './raw-text.ts';

/** What a bundle is made from. */
export interface BundleSource {
  /** What is known at its moment, and the screen that shows it. */
  readonly exportable: Exportable;
  /** What was read up to that moment, and after it. */
  readonly recording: RecordingSource;
  /** What was replaced, in sentences; empty where nothing was. */
  readonly redacted: readonly string[];
}

/** The snapshot in each form, and what it is for. */
const SNAPSHOTS: readonly { format: TextFormat; path: string; form: string; about: string }[] = [
  { format: 'md', path: 'snapshot.md', form: 'Markdown', about: 'the report, for a ticket' },
  { format: 'json', path: DOCUMENT_NAME, form: 'slabtop-k8s/1', about: 'the same as numbers' },
  { format: 'text', path: 'snapshot.txt', form: 'text', about: 'the same as plain text' },
  { format: 'svg', path: 'screen.svg', form: 'SVG', about: 'a picture of the screen' },
];

/** Makes the bytes of a bundle: all forms of a snapshot, and what it was made from. */
export async function makeBundle({ exportable, recording, redacted }: BundleSource): Promise<Uint8Array> {
  const { model, toolVersion } = exportable.report;
  const { name, kernel } = model.host;
  const moment = new Date(model.instant.at).toISOString();
  const header = headerOf(recording.header, name, kernel);
  const playback = new Playback(recording);
  const here = playback.frameAt(model.instant.at);
  const origin = `the bundle of ${knownOr(name, 'a node')} at ${moment}, made by slabtop-k8s ${toolVersion}`;
  const raw = rawText(isMissing(here) ? [] : playback.latestRuns(1), { at: moment, origin });
  const files: BundleFile[] = [
    ...SNAPSHOTS.map(({ format, path, form, about }) => ({
      path,
      format: form,
      about,
      bytes: Buffer.from(renderExport(format, exportable)),
    })),
    {
      path: RECORDING_NAME,
      format: `slabtop-k8s recording ${FILE_VERSION}`,
      about: 'what was read in the hour before; slabtop-k8s replay opens the bundle',
      bytes: Buffer.concat([...recordingFile(recording, header)]),
    },
    ...captureFiles(exportable.report),
    ...raw.files,
  ];
  const manifest: Omit<Manifest, 'entries'> = {
    schema: BUNDLE_SCHEMA,
    tool: { version: toolVersion },
    createdAt: new Date(systemClock.now()).toISOString(),
    moment,
    origin: header.origin.kind,
    node: { name, kernel },
    redacted: [...redacted],
  };
  const folder = exportName(knownOr(name, 'node'), new Date(model.instant.at), '').replace(/\.$/, '');
  return packBundle({ folder, manifest, files, folders: raw.folders });
}

/** The header as it is known by now: when a recording begins, nothing is. */
function headerOf(header: Maybe<RecordingHeader>, name: Maybe<string>, kernel: Maybe<string>): RecordingHeader {
  if (isMissing(header)) throw new Error("the recording's header is damaged");
  return { ...header, node: { name, kernel } };
}
