// RegisterTaskDefinition: checks a definition, fills in ECS's defaults and stores it as the family's next revision.
import { taskDefinitionArn } from '../../state/arn.ts';
import type { NetworkMode, TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import {
  taskDefinitionFamilies,
  taskDefinitionFamilyKey,
  taskDefinitions,
} from '../../state/task-definition/task-definitions.ts';
import type { Call } from '../../../../wire/api.ts';
import type { EcsOperation } from '../../ecs.ts';
import { limitExceeded } from '../../errors.ts';
import { presentTaskDefinition } from '../../present/task-definition.ts';
import { userTags } from '../tags.ts';
import { volumeWithDefaults, withDefaults } from './defaults.ts';
import type { RegisterTaskDefinitionRequest } from '../../shapes.generated.ts';
import { requiresAttributes } from './requires-attributes.ts';
import { readTaskSize } from './size.ts';
import { validateTaskDefinition } from './validate.ts';
import { compatibilities } from './launch-types.ts';

const revisionLimit = 1_000_000;

export const registerTaskDefinition: EcsOperation<'RegisterTaskDefinition'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const definition = registerRevision(tx, input, call);
    return {
      taskDefinition: presentTaskDefinition(definition),
      ...(input.tags ? { tags: definition.tags } : {}),
    };
  });

/** Stores the family's next revision; throws ClientException and InvalidParameterException for what ECS refuses. */
export function registerRevision(
  tx: WriteTransaction,
  input: RegisterTaskDefinitionRequest,
  call: Call,
): TaskDefinition {
  validateTaskDefinition(input);
  const tags = userTags(input.tags);
  const families = tx.table(taskDefinitionFamilies);
  const family = { accountId: call.accountId, region: call.region, family: input.family! };
  const revision = (families.get(taskDefinitionFamilyKey(call, family.family))?.lastRevision ?? 0) + 1;
  if (revision > revisionLimit) throw limitExceeded('A family can have a maximum of 1000000 revisions.');
  families.put({ ...family, lastRevision: revision });
  return tx.table(taskDefinitions).put({ ...row(input, call, revision), tags });
}

function row(
  input: RegisterTaskDefinitionRequest,
  call: Call,
  revision: number,
): Unversioned<TaskDefinition> {
  const size = readTaskSize(input);
  return {
    accountId: call.accountId,
    region: call.region,
    arn: taskDefinitionArn(call, input.family!, revision),
    family: input.family!,
    revision,
    status: 'ACTIVE',
    containerDefinitions: input.containerDefinitions!.map((container) =>
      withDefaults(container, input.networkMode ?? 'bridge'),
    ),
    volumes: (input.volumes ?? []).map(volumeWithDefaults),
    placementConstraints: (input.placementConstraints ?? []) as TaskDefinition['placementConstraints'],
    networkMode: input.networkMode as NetworkMode | undefined,
    cpu: size.cpu === undefined ? undefined : String(size.cpu),
    memory: size.memory === undefined ? undefined : String(size.memory),
    pidMode: input.pidMode as TaskDefinition['pidMode'],
    ipcMode: input.ipcMode as TaskDefinition['ipcMode'],
    taskRoleArn: input.taskRoleArn,
    executionRoleArn: input.executionRoleArn,
    proxyConfiguration: input.proxyConfiguration && { type: 'APPMESH', ...input.proxyConfiguration },
    inferenceAccelerators: input.inferenceAccelerators,
    ephemeralStorage: input.ephemeralStorage as TaskDefinition['ephemeralStorage'],
    enableFaultInjection: input.enableFaultInjection,
    runtimePlatform: input.runtimePlatform,
    requiresCompatibilities: input.requiresCompatibilities,
    compatibilities: compatibilities(input),
    requiresAttributes: requiresAttributes(input),
    tags: [],
    registeredAt: call.now,
    registeredBy: call.principalArn,
  };
}
