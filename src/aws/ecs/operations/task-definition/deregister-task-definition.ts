// DeregisterTaskDefinition: ACTIVE becomes INACTIVE; what runs from it goes on.
import { taskDefinitionKey, taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import type { EcsOperation } from '../../ecs.ts';
import { clientException } from '../../errors.ts';
import { presentTaskDefinition } from '../../present/task-definition.ts';
import { taskDefinitionReference } from '../resolve/task-definition.ts';

export const deregisterTaskDefinition: EcsOperation<'DeregisterTaskDefinition'> = (ecs, input, call) => {
  const { family, revision } = taskDefinitionReference(call, input.taskDefinition ?? '');
  if (revision === undefined) throw clientException('Revision is missing.');
  return ecs.store.update((tx) => {
    const table = tx.table(taskDefinitions);
    const definition = table.get(taskDefinitionKey(call, family, revision));
    if (!definition) throw clientException('Unable to describe task definition.');
    const inactive =
      definition.status === 'ACTIVE'
        ? table.put({ ...definition, status: 'INACTIVE', deregisteredAt: call.now })
        : definition;
    return { taskDefinition: presentTaskDefinition(inactive) };
  });
};
