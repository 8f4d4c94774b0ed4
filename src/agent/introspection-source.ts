// What the agent knows, in the words of its introspection endpoint.
import type { PayloadContainer } from '../agent-protocol/messages.ts';
import type { Agent } from './agent.ts';
import type { IntrospectedContainer, IntrospectedTask, IntrospectionSource } from './introspection.ts';
import { containerOf, hasReached, taskStatus, wantsStop, type KnownTask } from './task/known-task.ts';

/** Reads `agent` at each request. */
export const introspectionSource = (agent: Agent): IntrospectionSource => ({
  metadata: () => {
    const { cluster, containerInstanceArn, version } = agent.metadata();
    return {
      Cluster: cluster,
      ContainerInstanceArn: containerInstanceArn ?? null,
      Version: `Longshore Agent - v${version}`,
    };
  },
  tasks: () => agent.tasks().map(introspectedTask),
});

const introspectedTask = (known: KnownTask): IntrospectedTask => ({
  Arn: known.task.arn,
  DesiredStatus: wantsStop(known) ? 'STOPPED' : 'RUNNING',
  KnownStatus: taskStatus(known),
  Family: known.task.family,
  Version: known.task.version,
  Containers: known.task.containers
    .filter((container) => hasReached(containerOf(known, container.name).stage, 'CREATED'))
    .map((container) => introspectedContainer(known, container)),
});

const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

function introspectedContainer(known: KnownTask, container: PayloadContainer): IntrospectedContainer {
  const { runtimeId, runtimeName, imageId, createdAt, startedAt, ports } = containerOf(known, container.name);
  return {
    DockerId: runtimeId ?? '',
    DockerName: runtimeName,
    Name: container.name,
    Image: container.image,
    ImageID: imageId ?? '',
    CreatedAt: iso(createdAt),
    StartedAt: iso(startedAt),
    ...(ports.length > 0 && {
      Ports: ports.flatMap(({ containerPort, hostPort, count = 1, hostIp, protocol }) =>
        Array.from({ length: count }, (_, at) => ({
          ContainerPort: containerPort + at,
          Protocol: protocol,
          HostPort: hostPort + at,
          HostIp: hostIp,
        })),
      ),
    }),
  };
}
