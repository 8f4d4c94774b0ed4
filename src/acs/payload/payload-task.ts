// A task as a payload carries it: what the agent needs to run it, or to stop it.
import type { PayloadAssociation, PayloadTask } from '../../agent-protocol/messages.ts';
import type { TaskDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import type { Container, Task } from '../../aws/ecs/state/task/task.ts';
import { filled } from './json-object.ts';
import { payloadContainer } from './payload-container.ts';
import { UnsupportedPayloadError } from './unsupported-payload-error.ts';
import { payloadVolume } from './volumes.ts';

const servicePrefix = 'service:';

/** What every form of the task carries. */
const identity = (task: Task) => ({
  arn: task.arn,
  taskClusterArn: task.clusterArn,
  taskDefinitionAccountId: task.accountId,
  family: task.family,
  version: String(task.revision),
  desiredStatus: task.desiredStatus,
  group: task.group,
  serviceName: task.group.startsWith(servicePrefix) ? task.group.slice(servicePrefix.length) : undefined,
  launchType: task.launchType,
});

function containers(task: Task, definition: TaskDefinition): PayloadTask['containers'] {
  const networkMode = definition.networkMode ?? 'bridge';
  return task.containers.map((container) => {
    const defined = definition.containerDefinitions.find(({ name }) => name === container.name);
    if (defined === undefined) {
      throw new UnsupportedPayloadError(`container ${container.name} is not in ${definition.arn}`);
    }
    return payloadContainer(task, container, defined, networkMode);
  });
}

const gpuAssociations = ({ name, gpuIds = [] }: Container): PayloadAssociation[] =>
  gpuIds.map((id) => ({ type: 'gpu', name: id, containers: [name] }));

function runnable(task: Task, definition: TaskDefinition): PayloadTask {
  return {
    ...identity(task),
    // The only place where CPU is counted in vCPU and not in units.
    cpu: task.cpuLimit === undefined ? undefined : task.cpuLimit / 1024,
    memory: task.memoryLimit,
    networkMode: definition.networkMode ?? 'bridge',
    pidMode: definition.pidMode,
    ipcMode: definition.ipcMode,
    containers: containers(task, definition),
    volumes: definition.volumes.map(payloadVolume),
    associations: filled(task.containers.flatMap(gpuAssociations)),
  };
}

/**
 * `task` with its desired status. A task whose definition is gone can only be stopped. Throws an
 * `UnsupportedPayloadError` where the definition asks for what no payload can carry.
 */
export function payloadTask(task: Task, definition: TaskDefinition | undefined): PayloadTask {
  if (definition !== undefined) return runnable(task, definition);
  if (task.desiredStatus === 'STOPPED') return { ...identity(task), containers: [] };
  throw new UnsupportedPayloadError(`${task.taskDefinitionArn} is gone`);
}
