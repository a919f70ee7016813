import { type Maybe, mapKnown } from '../../core/missing.ts';
import type { Severity } from '../../core/severity.ts';
import { type ChangedFinding, compareFindings } from './compare-findings.ts';
import { CACHES, type ChangedRow, compareRows, HELD, READS } from './compare-rows.ts';
import { type ComparedValues, compareValues } from './compare-values.ts';
import { conclusionsOf } from './conclusions.ts';
import { type Relation, relationOf } from './mismatches.ts';
import { overallOf, type SnapshotDocument, valueAt } from './snapshot-document.ts';

/** One of the two that are compared. */
export interface Side {
  /** What it was named on the command line. */
  readonly name: string;
  readonly document: SnapshotDocument;
  /** Names in it are known to be pseudonyms. */
  readonly redacted: boolean;
}

/** The side as it is told. */
export interface SideSummary {
  readonly name: string;
  readonly at: string;
  readonly node: ReturnType<typeof valueAt>;
  readonly kernel: ReturnType<typeof valueAt>;
  readonly overall: Severity;
  readonly headline: ReturnType<typeof valueAt>;
}

/** Two moments side by side. */
export interface Comparison {
  readonly a: SideSummary;
  readonly b: SideSummary;
  readonly relation: Relation;
  /** What the differences mean together, in sentences. */
  readonly conclusions: readonly string[];
  readonly findings: Maybe<readonly ChangedFinding[]>;
  readonly values: ComparedValues;
  readonly caches: Maybe<readonly ChangedRow[]>;
  readonly held: Maybe<readonly ChangedRow[]>;
  readonly reads: Maybe<readonly ChangedRow[]>;
}

/** Compares two documents, whatever they have in common. */
export function compareDocuments(a: Side, b: Side): Comparison {
  const pseudonyms = a.redacted || b.redacted;
  const relation = relationOf(a.document, b.document, pseudonyms);
  const values = compareValues(a.document, b.document);
  return {
    a: summaryOf(a),
    b: summaryOf(b),
    relation,
    conclusions: conclusionsOf(a.document, b.document, relation),
    findings: compareFindings(a.document, b.document),
    values,
    caches: compareRows(a.document, b.document, CACHES),
    held: matched(compareRows(a.document, b.document, HELD)),
    reads: matched(compareRows(a.document, b.document, READS)),
  };

  /** A pseudonym names one cgroup here and another one there. */
  function matched(rows: Maybe<readonly ChangedRow[]>): Maybe<readonly ChangedRow[]> {
    return pseudonyms ? mapKnown(rows, (known) => known.filter(({ name }) => !/[0-9a-f]{12}/.test(name))) : rows;
  }
}

function summaryOf({ name, document }: Side): SideSummary {
  return {
    name,
    at: document.at,
    node: valueAt(document, 'host.name'),
    kernel: valueAt(document, 'host.kernel'),
    overall: overallOf(document),
    headline: valueAt(document, 'headline'),
  };
}
