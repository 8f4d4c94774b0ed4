// Queries with their results, kept for a time.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { QueryStatus } from '../../shapes.generated.ts';
import type { ResultField } from '../insights/insights-query.ts';

export interface QueryStatistics {
  readonly recordsMatched: number;
  readonly recordsScanned: number;
  /** Characters of messages. */
  readonly bytesScanned: number;
  readonly logGroupsScanned: number;
}

/** What is known of a query beside its results. */
export interface StoredQuery {
  readonly id: string;
  /** Account and region. */
  readonly scope: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
  readonly status: QueryStatus;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Ms. */
  readonly duration: number;
  /** The ARN of who started it. */
  readonly userIdentity: string;
  readonly statistics: QueryStatistics;
}

export type QueryResults = readonly (readonly ResultField[])[];

export function saveQuery(
  database: BulkDatabase,
  { query, results }: { readonly query: StoredQuery; readonly results: QueryResults },
): void {
  database
    .prepare('INSERT OR REPLACE INTO queries VALUES (?, ?, ?, ?, ?)')
    .run(query.id, query.scope, query.createdAt, JSON.stringify(query), JSON.stringify(results));
}

/** One query with its results; undefined where it is unknown in `scope`. */
export function getQuery(
  database: BulkDatabase,
  { scope, id }: { readonly scope: string; readonly id: string },
): { readonly query: StoredQuery; readonly results: QueryResults } | undefined {
  const row = database
    .prepare('SELECT query, results FROM queries WHERE id = ? AND scope = ?')
    .get(id, scope);
  if (row === undefined) return undefined;
  return {
    query: JSON.parse(row['query'] as string) as StoredQuery,
    results: JSON.parse(row['results'] as string) as QueryResults,
  };
}

/** The newest first. */
export function listQueries(
  database: BulkDatabase,
  { scope, limit }: { readonly scope: string; readonly limit: number },
): StoredQuery[] {
  const sql = 'SELECT query FROM queries WHERE scope = ? ORDER BY created DESC, id DESC LIMIT ?';
  return database
    .prepare(sql)
    .all(scope, limit)
    .map(({ query }) => JSON.parse(query as string) as StoredQuery);
}
