// DeleteTaskDefinitions: INACTIVE becomes DELETE_IN_PROGRESS; a loop takes the row away once nothing refers to it.
import { taskDefinitionArn } from '../../state/arn.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { taskDefinitionKey, taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import type { Call } from '../../../../wire/api.ts';
import { ApiError } from '../../../../wire/errors.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentTaskDefinition } from '../../present/task-definition.ts';
import { taskDefinitionReference } from '../resolve/task-definition.ts';

interface Failure {
  readonly arn: string;
  readonly reason: string;
}

const limit = 10;

const reasons = {
  active:
    'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
  missing:
    'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
  invalid: 'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.',
} as const;

export const deleteTaskDefinitions: EcsOperation<'DeleteTaskDefinitions'> = (ecs, input, call) => {
  const references = new Set(input.taskDefinitions ?? []);
  if (references.size === 0) throw invalidParameter('Task definitions cannot be empty.');
  if ((input.taskDefinitions?.length ?? 0) > limit) {
    throw invalidParameter(`Task definitions can have a maximum of ${limit} entries.`);
  }
  return ecs.store.update((tx) => {
    const outcomes = [...references].map((reference) => remove(tx, call, reference));
    return {
      taskDefinitions: outcomes.flatMap((one) => ('reason' in one ? [] : [presentTaskDefinition(one)])),
      failures: outcomes.flatMap((one) => ('reason' in one ? [one] : [])),
    };
  });
};

function remove(tx: WriteTransaction, call: Call, reference: string): TaskDefinition | Failure {
  const named = revisionOf(call, reference);
  if (!named) return { arn: reference, reason: reasons.invalid };
  const arn = taskDefinitionArn(call, named.family, named.revision);
  const table = tx.table(taskDefinitions);
  const definition = table.get(taskDefinitionKey(call, named.family, named.revision));
  if (!definition) return { arn, reason: reasons.missing };
  if (definition.status === 'ACTIVE') return { arn, reason: reasons.active };
  if (definition.status === 'DELETE_IN_PROGRESS') return definition;
  return table.put({ ...definition, status: 'DELETE_IN_PROGRESS', deleteRequestedAt: call.now });
}

/** Only a revision can be deleted; what names none is told in failures[], as is what is malformed. */
function revisionOf(call: Call, text: string): { family: string; revision: number } | undefined {
  try {
    const { family, revision } = taskDefinitionReference(call, text);
    return revision === undefined ? undefined : { family, revision };
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
