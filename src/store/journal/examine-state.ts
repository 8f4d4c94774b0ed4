// Looks at the state in a data directory without starting anything: what it holds, and what is wrong with it.
import type { DatabaseSync } from 'node:sqlite';
import { journalMigrations, lastVersion, newerVersion, versionOf } from './migrations.ts';
import { reading } from './open-state.ts';
import { readMark } from './revision-mark.ts';
import type { Finding } from './state-errors.ts';
import { databaseFile, sizeOf, statePaths } from './state-files.ts';
import { checksummedVersion, StoredState } from './stored-state.ts';

export interface StateReport {
  /** Whole rows. */
  readonly rows: number;
  /** That the state is at; undefined where that cannot be told. */
  readonly revision: number | undefined;
  /** Whether it was written by a version that kept checksums. */
  readonly hasChecksums: boolean;
  readonly findings: readonly Finding[];
}

/** Changes nothing. Throws an Error when a server is using the directory, or the state is of a newer version. */
export function examineState(directory: string): StateReport {
  const paths = statePaths(directory);
  let report: StateReport = { rows: 0, revision: undefined, hasChecksums: true, findings: [] };
  if (!sizeOf(paths.database)) {
    const what = sizeOf(paths.database) === 0 ? 'the file is empty' : 'the file is missing';
    return { ...report, findings: [{ file: databaseFile, where: 'state', what }] };
  }
  const findings = reading(paths, (database) => {
    const version = versionOf(database);
    if (version > lastVersion(journalMigrations)) throw newerVersion(version, journalMigrations);
    const state = new StoredState(database, paths);
    const found = state.findingsAtEnd(version, readMark(paths.mark));
    report = { ...report, ...contents(database, state, version, found) };
    return found;
  });
  return { ...report, findings };
}

/** Adds to `found` what is wrong with rows and pages. */
function contents(
  database: DatabaseSync,
  state: StoredState,
  version: number,
  found: Finding[],
): Omit<StateReport, 'findings'> {
  const hasChecksums = version >= checksummedVersion;
  if (version === 0) return { rows: 0, revision: 0, hasChecksums };
  let rows = 0;
  if (hasChecksums) {
    for (const chunk of state.chunks(found)) rows += chunk.length / 3;
  } else {
    found.push(...state.brokenJson());
    rows = Number(database.prepare('SELECT count(*) AS rows FROM rows').get()!['rows']);
  }
  found.push(...state.integrityFindings());
  return { rows, revision: state.lastRevision(version), hasChecksums };
}
