// Looks at an agent's state without starting an agent: what it holds, and what is wrong with it.
import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { integrityProblems, namingFile, sqliteCodeOf, sqliteCodes } from '../lib/sqlite.ts';
import { agentSchemaVersion, brokenRows } from './state.ts';

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
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > agentSchemaVersion) {
    return {
      tasks: 0,
      findings: [`it has schema version ${version}, and this release knows ${agentSchemaVersion}`],
    };
  }
  const findings = integrityProblems(database);
  if (version === 0) return { tasks: 0, findings };
  const { tasks } = database.prepare('SELECT count(*) AS tasks FROM tasks').get() as { tasks: number };
  return { tasks, findings: [...findings, ...brokenRows(database)] };
}
