import type { CredentialFiles } from '../../capture/credentials.ts';
import type { Matcher } from '../../fleet/selector.ts';
import type { Thresholds } from '../../model/thresholds.ts';

/** What `fleet` was told, checked. */
export interface FleetSettings extends CredentialFiles {
  /** The engine's URL, or the Service in the cluster that is reached through kubectl. */
  readonly from: { readonly url: string } | { readonly service: string };
  readonly headers: Readonly<Record<string, string>>;
  readonly selector: readonly Matcher[];
  readonly nodeLabel: string;
  readonly intervalSeconds: number;
  /** How far back events are looked for. */
  readonly sinceSeconds: number;
  /** How many nodes a wave relieves at once. */
  readonly waveSize: number;
  readonly thresholds: Thresholds;
  readonly ascii?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly theme?: 'dark' | 'light' | undefined;
  readonly exportFolder?: string | undefined;
  readonly log?: string | undefined;
}
