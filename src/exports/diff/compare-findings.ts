import { isMissing, type Maybe } from '../../core/missing.ts';
import { type Severity, worse } from '../../core/severity.ts';
import { type DocumentFinding, findingsOf, type SnapshotDocument } from './snapshot-document.ts';

/** How a rule's answer changed. */
type FindingChange = 'appeared' | 'cleared' | 'worse' | 'better' | 'no longer known' | 'known now';

/** One rule whose answer is another one. */
export interface ChangedFinding {
  readonly id: string;
  readonly change: FindingChange;
  readonly before: Severity | 'not asked';
  readonly after: Severity | 'not asked';
  /** What the rule says, or said last where it has cleared. */
  readonly title: string;
}

/** Compares the rules' answers; missing where one document has none. */
export function compareFindings(before: SnapshotDocument, after: SnapshotDocument): Maybe<readonly ChangedFinding[]> {
  const was = findingsOf(before);
  const is = findingsOf(after);
  if (isMissing(was)) return was;
  if (isMissing(is)) return is;
  const ids = [...new Set([...is, ...was].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const one = was.find((finding) => finding.id === id);
    const other = is.find((finding) => finding.id === id);
    return changedFinding(id, one, other);
  });
}

function changedFinding(
  id: string,
  was: DocumentFinding | undefined,
  is: DocumentFinding | undefined,
): readonly ChangedFinding[] {
  const before = was?.severity ?? 'not asked';
  const after = is?.severity ?? 'not asked';
  const change = changeOf(before, after);
  if (change === undefined) return [];
  const title = (change === 'cleared' ? was : (is ?? was))?.title ?? id;
  return [{ id, change, before, after, title }];
}

type Answer = Severity | 'not asked';

/** A rule that a version does not have yet asks nothing; what it says elsewhere has neither appeared nor cleared. */
function changeOf(before: Answer, after: Answer): FindingChange | undefined {
  if (before === after || before === 'not asked' || after === 'not asked') return undefined;
  if (after === 'unknown') return 'no longer known';
  if (before === 'unknown') return speaks(after) ? 'appeared' : 'known now';
  if (speaks(after) && !speaks(before)) return 'appeared';
  if (!speaks(after)) return speaks(before) ? 'cleared' : undefined;
  return worse(before, after) === after ? 'worse' : 'better';
}

function speaks(severity: Severity): boolean {
  return severity === 'critical' || severity === 'warning';
}
