// Looks at an agent's state without starting an agent: what it holds, and what is wrong with it.
import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { namingFile, sqliteCodeOf, sqliteCodes } from '../lib/sqlite.ts';
import { damageOf, versionOf } from './state-schema.ts';

export interface AgentStateReport {
  readonly tasks: number;
  /** A sentence each. */
  readonly findings: readonly string[];
}

/** Changes nothing. Throws an Error when an agent is using the file. */
export function examineAgentState(path: string): AgentStateReport {
  const hadIndex = existsSync(`${path}-shm`);
  let database: DatabaseSync | undefined;
  try {
    return namingFile(path, () => {
      database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
      return report(database);
    });
  } catch (error) {
    const code = sqliteCodeOf(error);
    if (code === undefined) throw error;
    if (code === sqliteCodes.busy)
      throw new Error(`an agent is using ${path}: stop it first`, { cause: error });
    return { tasks: 0, findings: [(error as Error).message] };
  } finally {
    database?.close();
    if (!hadIndex) rmSync(`${path}-shm`, { force: true });
  }
}

function report(database: DatabaseSync): AgentStateReport {
  const findings = damageOf(database);
  if (findings.length > 0 || versionOf(database) === 0) return { tasks: 0, findings };
  return { tasks: Number(database.prepare('SELECT count(*) AS tasks FROM tasks').get()!['tasks']), findings };
}
