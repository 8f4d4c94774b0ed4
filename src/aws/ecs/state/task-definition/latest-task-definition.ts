// The revision that a family's name alone stands for.
import type { Scope } from '../../../shared/scope.ts';
import type { TaskDefinition } from './task-definition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import {
  taskDefinitionFamilies,
  taskDefinitionFamilyKey,
  taskDefinitionKey,
  taskDefinitions,
} from './task-definitions.ts';

/**
 * The latest ACTIVE revision; undefined when there is none. Walks down from the last revision: it is nearly always the
 * one, and never more steps than were deregistered since.
 */
export function latestTaskDefinition(
  tx: ReadTransaction,
  scope: Scope,
  family: string,
): TaskDefinition | undefined {
  const table = tx.table(taskDefinitions);
  if (
    table.count('familyStatus', {
      accountId: scope.accountId,
      region: scope.region,
      family,
      status: 'ACTIVE',
    }) === 0
  )
    return undefined;
  const last =
    tx.table(taskDefinitionFamilies).get(taskDefinitionFamilyKey(scope, family))?.lastRevision ?? 0;
  for (let revision = last; revision > 0; revision--) {
    const definition = table.get(taskDefinitionKey(scope, family, revision));
    if (definition?.status === 'ACTIVE') return definition;
  }
  return undefined;
}
