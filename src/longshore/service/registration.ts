// A stored task definition as RegisterTaskDefinition would be given it again.
import type { RegisterTaskDefinitionRequest } from '../../aws/ecs/shapes.generated.ts';
import type { DeepReadonly, Wire } from '../../lib/json.ts';
import type { TaskDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';

/** All that the caller of RegisterTaskDefinition gave, tags included, with ECS's defaults; nothing that ECS made of it. */
export function registrationOf(
  definition: TaskDefinition,
): DeepReadonly<Wire<RegisterTaskDefinitionRequest>> & Pick<TaskDefinition, 'containerDefinitions'> {
  const {
    accountId: _accountId,
    region: _region,
    version: _version,
    arn: _arn,
    revision: _revision,
    status: _status,
    compatibilities: _compatibilities,
    requiresAttributes: _requiresAttributes,
    registeredAt: _registeredAt,
    registeredBy: _registeredBy,
    deregisteredAt: _deregisteredAt,
    deleteRequestedAt: _deleteRequestedAt,
    ...input
  } = definition;
  return input as ReturnType<typeof registrationOf>;
}
