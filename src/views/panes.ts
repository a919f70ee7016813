import type { Pane } from './pane.ts';
import { advicePane } from './panes/advice.ts';
import { cgroupsPane } from './panes/cgroups.ts';
import { eventsPane } from './panes/events.ts';
import { kubeletPane } from './panes/kubelet.ts';
import { overviewPane } from './panes/overview.ts';
import { profilePane } from './panes/profile.ts';
import { slabsPane } from './panes/slabs.ts';
import { tracePane } from './panes/trace.ts';
import type { PaneId } from './state.ts';

/** Every pane there is, in the order of their keys: a new one is a file and a line here. */
export const PANES: readonly Pane[] = [
  overviewPane,
  slabsPane,
  cgroupsPane,
  kubeletPane,
  profilePane,
  advicePane,
  eventsPane,
];

/** These and the pages behind one, which its own keys open. */
export const PAGES: readonly Pane[] = [...PANES, tracePane];

/** The pane of that id; the first one where there is none. */
export function paneOf(id: PaneId): Pane {
  return PAGES.find((pane) => pane.id === id) ?? overviewPane;
}

/** The pane that a digit opens. */
export function paneByDigit(digit: string): Pane | undefined {
  return PANES.find((pane) => pane.digit === digit);
}
