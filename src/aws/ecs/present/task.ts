import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { AgentSession } from '../state/instance/container-instance.ts';
import { taskHealth } from '../state/task/task-health.ts';
import type { Container, Task } from '../state/task/task.ts';
import { optionalSeconds, seconds } from './seconds.ts';
import { agentTimes } from './task-times.ts';

/** The task; tags only when asked for, and connectivity from the session of its instance's agent, if there is one. */
export function presentTask(
  task: Task,
  session: AgentSession | undefined,
  withTags: boolean,
): Presented<ecs.Task> {
  const { pullStartedAt, pullStoppedAt, executionStoppedAt } = agentTimes(task);
  return {
    attachments: [],
    attributes:
      task.cpuArchitecture === undefined
        ? []
        : [{ name: 'ecs.cpu-architecture', value: task.cpuArchitecture }],
    availabilityZone: task.availabilityZone,
    capacityProviderName: task.capacityProviderName,
    clusterArn: task.clusterArn,
    connectivity: connectivity(task, session),
    connectivityAt: optionalSeconds(connectedAt(task, session)),
    containerInstanceArn: task.containerInstanceArn,
    containers: task.containers.map((container) => presentContainer(task, container)),
    cpu: String(task.cpuLimit ?? task.resources.cpu),
    createdAt: seconds(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: false,
    group: task.group,
    healthStatus: taskHealth(task.containers),
    lastStatus: task.lastStatus,
    // Beside the provider's name, unlike that of a service: so recorded answers of ECS have it.
    launchType: task.launchType,
    memory: String(task.memoryLimit ?? task.resources.memory),
    overrides: task.overrides,
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    tags: withTags ? task.tags : [],
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    version: task.version,
    pullStartedAt: optionalSeconds(pullStartedAt),
    pullStoppedAt: optionalSeconds(pullStoppedAt),
    startedAt: optionalSeconds(task.startedAt),
    executionStoppedAt: optionalSeconds(executionStoppedAt),
    stoppingAt: optionalSeconds(task.stoppingAt),
    stoppedAt: optionalSeconds(task.stoppedAt),
    inferenceAccelerators: undefined,
    // Only of tasks on Fargate.
    platformVersion: undefined,
    platformFamily: undefined,
    ephemeralStorage: undefined,
    fargateEphemeralStorage: undefined,
  };
}

/** When the task's agent came to be connected; of a stopped task nothing is said that still changes. */
const connectedAt = (task: Task, session: AgentSession | undefined): number | undefined =>
  session && task.lastStatus !== 'STOPPED' ? Math.max(session.connectedAt, task.createdAt) : undefined;

/** Nothing can be said of the link to an agent that no task was given to. */
function connectivity(task: Task, session: AgentSession | undefined): ecs.Connectivity | undefined {
  if (task.containerInstanceArn === undefined) return undefined;
  return session ? 'CONNECTED' : 'DISCONNECTED';
}

const text = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

const presentContainer = (task: Task, container: Container): Presented<ecs.Container> => ({
  containerArn: container.arn,
  taskArn: task.arn,
  name: container.name,
  image: container.image,
  imageDigest: container.imageDigest,
  runtimeId: container.runtimeId,
  lastStatus: container.lastStatus,
  exitCode: container.exitCode,
  reason: container.reason,
  networkBindings: container.networkBindings,
  networkInterfaces: [],
  healthStatus: container.healthStatus,
  cpu: String(container.cpu),
  memory: text(container.memory),
  memoryReservation: text(container.memoryReservation),
  gpuIds: container.gpuIds,
  gpuSharingStrategy: undefined,
  neuronDeviceIds: undefined,
  managedAgents: undefined,
});
