// What RunTask and StartTask have in common, checked: overrides, group, startedBy, tags.
import type * as ecs from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { taskTags } from '../../state/launch/propagated-tags.ts';
import type { TaskOverride } from '../../state/task/task.ts';
import type { TaskRequest } from '../../scheduler/placement/provisioning-task.ts';
import { clientException, invalidParameter } from '../../errors.ts';
import { countUserTags, maxTags, userTags } from '../tags.ts';
import { refuseFirst } from '../task-definition/rule.ts';
import { sizeProblems, taskSize, type TaskSize } from '../task-definition/size.ts';
import { acceleratorProblems } from '../task-definition/validate-accelerators.ts';
import { memoryProblems } from '../task-definition/validate-memory.ts';
import { refuseUndeliverable } from '../task-definition/undeliverable.ts';
import { requestDigest } from './idempotency.ts';
import { checkNetwork } from './network.ts';
import { overriddenContainers, definitionToRun } from './overridden.ts';
import { requestedPlacement } from './placement.ts';

type TaskInput = ecs.RunTaskRequest | ecs.StartTaskRequest;

const overridesLimit = 8192;
const startedByLimit = 128;
const referenceIdLimit = 1024;

/** Throws InvalidParameterException or ClientException for what ECS refuses, UnsupportedFeatureException for what Longshore does. */
export function taskRequest(input: TaskInput, definition: TaskDefinition, cluster: Cluster): TaskRequest {
  checkNetwork(definition, input.networkConfiguration);
  refuseUndeliverable(definitionToRun(input.overrides, definition));
  const launchType = 'launchType' in input && input.launchType === 'EXTERNAL' ? 'EXTERNAL' : 'EC2';
  // ECS counts the characters and takes any of them: Step Functions starts its tasks as "AWS Step Functions".
  if (input.startedBy && input.startedBy.length > startedByLimit)
    throw invalidParameter(`startedBy longer than ${startedByLimit}.`);
  if (input.group && input.group.length > 255)
    throw invalidParameter('group can have a maximum of 255 characters.');
  if (input.group?.startsWith('service:'))
    throw invalidParameter("The group prefix 'service:' is reserved for services.");
  if (input.referenceId && input.referenceId.length > referenceIdLimit)
    throw invalidParameter(`referenceId can have a maximum of ${referenceIdLimit} characters.`);
  const clientToken = 'clientToken' in input ? input.clientToken : undefined;
  return {
    launchType,
    group: input.group || `family:${definition.family}`,
    startedBy: input.startedBy,
    overrides: checkedOverrides(input.overrides, definition),
    ...requestedPlacement(input, definition),
    tags: requestedTags(input, definition, cluster),
    referenceId: input.referenceId,
    ...(clientToken === undefined ? {} : { clientToken, requestDigest: requestDigest(input) }),
  };
}

function requestedTags(input: TaskInput, definition: TaskDefinition, { name }: Cluster): readonly Tag[] {
  if (input.propagateTags === 'SERVICE')
    throw invalidParameter('propagateTags SERVICE is only for tasks of a service.');
  const tags = taskTags({ ...input, tags: userTags(input.tags) }, { clusterName: name, definition });
  if (countUserTags(tags) > maxTags)
    throw invalidParameter(`A task can have a maximum of ${maxTags} tags, those of its definition included.`);
  return tags;
}

function checkedOverrides(overrides: TaskOverride = {}, definition: TaskDefinition): TaskOverride {
  if (JSON.stringify(overrides).length > overridesLimit) {
    throw invalidParameter(`Overrides can have a maximum of ${overridesLimit} characters.`);
  }
  const size = taskSize(overrides);
  const names = new Set(definition.containerDefinitions.map((container) => container.name));
  for (const { name } of overrides.containerOverrides ?? []) {
    if (!name || !names.has(name)) {
      throw invalidParameter(
        `Override for container named ${name ?? ''} is not a container in the TaskDefinition.`,
      );
    }
  }
  if (
    new Set(overrides.containerOverrides?.map(({ name }) => name)).size <
    (overrides.containerOverrides?.length ?? 0)
  ) {
    throw clientException('A container can be overridden only once.');
  }
  const { cpu: _cpu, memory: _memory, ...rest } = overrides;
  const checked = { ...rest, ...sizeTexts(size) };
  validateAmounts(checked, definition);
  return checked;
}

const sizeTexts = ({ cpu, memory }: TaskSize): Pick<TaskOverride, 'cpu' | 'memory'> => ({
  ...(cpu === undefined ? {} : { cpu: String(cpu) }),
  ...(memory === undefined ? {} : { memory: String(memory) }),
});

/** What is counted is what comes out, so what comes out must follow the rules of a definition. */
function validateAmounts(overrides: TaskOverride, definition: TaskDefinition): void {
  const containerDefinitions = overriddenContainers(overrides, definition);
  const cpu = overrides.cpu ?? definition.cpu;
  const memory = overrides.memory ?? definition.memory;
  for (const container of containerDefinitions) {
    refuseFirst(memoryProblems(container, memory !== undefined));
    refuseFirst(acceleratorProblems(container, definition));
  }
  refuseFirst(sizeProblems({ cpu, memory, containerDefinitions }));
}
