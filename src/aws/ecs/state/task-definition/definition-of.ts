// The task definition that something refers to.
import type { Scope } from '../../../shared/scope.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { taskDefinitionKey, taskDefinitions } from './task-definitions.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** Of a task, a deployment, a task set or a revision, in any status; undefined once it is deleted. */
export function definitionOf(
  tx: ReadTransaction,
  of: Scope & { readonly taskDefinitionArn: string },
): TaskDefinition | undefined {
  const [family = '', revision = '0'] = lastPart(of.taskDefinitionArn).split(':');
  return tx.table(taskDefinitions).get(taskDefinitionKey(of, family, Number(revision)));
}
