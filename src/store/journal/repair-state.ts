// Makes a state again of what is sound in a damaged one. The damaged files are kept.
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { JournalDatabase } from './journal-database.ts';
import { versionOf } from './migrations.ts';
import { reading } from './open-state.ts';
import { readMark, syncDirectory } from './revision-mark.ts';
import { sizeOf, statePaths, type StatePaths } from './state-files.ts';
import { StoredState } from './stored-state.ts';

export interface RepairedState {
  /** Rows of the new state. */
  readonly rows: number;
  readonly revision: number;
  /** Where the damaged files are now, as a name in the data directory. */
  readonly setAside: string;
}

/** Rows of one transaction of the new state. */
const batchRows = 250;

/**
 * Replaces the state by one of all its rows that are sound. Whatever was lost is gone with it: rows may refer to others
 * that are not there. Throws an Error when a server is using the directory.
 */
export function repairState(directory: string): RepairedState {
  const paths = statePaths(directory);
  if (!sizeOf(paths.database)) {
    throw new Error(`${paths.database} is missing, so there is nothing to keep: start the server with --new`);
  }
  const workshop = join(directory, 'repaired');
  // Of a repair that was broken off.
  rmSync(workshop, { recursive: true, force: true });
  const made = copySound(paths, workshop);
  const setAside = freeName(directory);
  mkdirSync(join(directory, setAside), { mode: 0o700 });
  moveState(directory, join(directory, setAside));
  moveState(workshop, directory);
  rmdirSync(workshop);
  syncDirectory(directory);
  return { ...made, setAside };
}

function copySound(paths: StatePaths, workshop: string): Omit<RepairedState, 'setAside'> {
  const fresh = new JournalDatabase(workshop);
  const mark = readMark(paths.mark);
  let revision = typeof mark === 'object' ? mark.revision : 0;
  const keys = new Set<string>();
  try {
    reading(paths, (database) => {
      const version = versionOf(database);
      const state = new StoredState(database, paths);
      revision = Math.max(revision, lastRevision(state, version));
      let batch: string[] = [];
      for (const row of state.salvage(version)) {
        keys.add(`${row[0]}\0${row[1]}`);
        if (batch.push(...row) < 3 * batchRows) continue;
        fresh.write({ revision, rows: batch });
        batch = [];
      }
      fresh.write({ revision, rows: batch });
      return [];
    });
  } finally {
    fresh.close();
  }
  return { rows: keys.size, revision };
}

/** 0 where it cannot be read. */
function lastRevision(state: StoredState, version: number): number {
  try {
    return state.lastRevision(version) ?? 0;
  } catch {
    return 0;
  }
}

function moveState(from: string, to: string): void {
  for (const file of readdirSync(from).filter((name) => name.startsWith('store.'))) {
    renameSync(join(from, file), join(to, file));
  }
  syncDirectory(to);
}

function freeName(directory: string): string {
  for (let number = 1; ; number += 1) {
    const name = `damaged-${number}`;
    if (!existsSync(join(directory, name))) return name;
  }
}
