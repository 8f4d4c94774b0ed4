// The task definition that something refers to.
import { lastPart } from '../../model/arn.ts';
import type { Scope } from '../../model/scope.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ReadTransaction } from '../store.ts';
import { taskDefinitionKey, taskDefinitions } from '../tables/task-definitions.ts';

/** Of a task, a deployment, a task set or a revision, in any status; undefined once it is deleted. */
export function definitionOf(
  tx: ReadTransaction,
  of: Scope & { readonly taskDefinitionArn: string },
): TaskDefinition | undefined {
  const [family = '', revision = '0'] = lastPart(of.taskDefinitionArn).split(':');
  return tx.table(taskDefinitions).get(taskDefinitionKey(of, family, Number(revision)));
}
