// From `family`, `family:revision` or an ARN to a task definition.
import { parseEcsArn } from '../../state/arn.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { latestTaskDefinition } from '../../state/task-definition/latest-task-definition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { taskDefinitionKey, taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import { clientException, invalidParameter } from '../../errors.ts';

export interface TaskDefinitionReference {
  readonly family: string;
  /** Absent = the latest ACTIVE revision. */
  readonly revision?: number | undefined;
}

/** Reads a reference; throws ClientException for a malformed one and InvalidParameterException for a bad revision number. */
export function taskDefinitionReference(scope: Scope, text: string): TaskDefinitionReference {
  const arn = parseEcsArn(text);
  const outside =
    arn &&
    (arn.type !== 'task-definition' || arn.accountId !== scope.accountId || arn.region !== scope.region);
  const parts = (arn ? arn.path : text).split(':');
  if (
    outside ||
    (text.startsWith('arn:') && !arn) ||
    parts.length > 2 ||
    !/^[A-Za-z0-9_-]{1,255}$/.test(parts[0]!)
  ) {
    throw clientException(
      `Invalid task definition identifier: ${text}. Give family, family:revision or the full ARN.`,
    );
  }
  const [family, revision] = parts as [string, string | undefined];
  if (revision === undefined) return { family };
  if (!/^[1-9][0-9]{0,8}$/.test(revision))
    throw invalidParameter(`Invalid revision number. Number: ${revision}`);
  return { family, revision: Number(revision) };
}

/** The definition a reference names, in any status when it names a revision; undefined when there is none. */
export function findTaskDefinition(
  tx: ReadTransaction,
  scope: Scope,
  text: string,
): TaskDefinition | undefined {
  const { family, revision } = taskDefinitionReference(scope, text);
  return revision === undefined
    ? latestTaskDefinition(tx, scope, family)
    : tx.table(taskDefinitions).get(taskDefinitionKey(scope, family, revision));
}

/** The definition to run; throws ClientException when there is none or it is not ACTIVE. */
export function runnableTaskDefinition(tx: ReadTransaction, scope: Scope, text: string): TaskDefinition {
  const definition = findTaskDefinition(tx, scope, text);
  if (!definition) throw clientException('TaskDefinition not found.');
  if (definition.status !== 'ACTIVE') throw clientException('TaskDefinition is inactive');
  return definition;
}
