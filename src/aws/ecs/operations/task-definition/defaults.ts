// What ECS fills in when a task definition is registered.
import type {
  ContainerDefinition,
  PortMapping,
  Volume,
} from '../../state/task-definition/task-definition.ts';
import { isPortRange } from './validate-port-ranges.ts';

/** The container as ECS stores and returns it. */
export function withDefaults(container: ContainerDefinition, networkMode: string): ContainerDefinition {
  return {
    ...container,
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    portMappings: (container.portMappings ?? []).map((mapping) => withPort(mapping, networkMode)),
    // ECS drops what has no value; an empty one is a value.
    environment: (container.environment ?? []).filter(({ value }) => value !== undefined),
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(container.healthCheck && {
      healthCheck: {
        ...container.healthCheck,
        interval: container.healthCheck.interval ?? 30,
        timeout: container.healthCheck.timeout ?? 5,
        retries: container.healthCheck.retries ?? 3,
      },
    }),
  };
}

/** The host ports of a range are the agent's to choose; in host and awsvpc mode no port but the container's own can be meant. */
function withPort(mapping: PortMapping, networkMode: string): PortMapping {
  const protocol = mapping.protocol ?? 'tcp';
  if (isPortRange(mapping)) return { ...mapping, protocol };
  const own = networkMode === 'bridge' ? 0 : mapping.containerPort;
  return { ...mapping, hostPort: mapping.hostPort || own, protocol };
}

/** The volume as ECS stores and returns it: one that says nothing of its storage is scratch space of the host. */
export function volumeWithDefaults(volume: Volume): Volume {
  const { dockerVolumeConfiguration: docker, efsVolumeConfiguration: efs } = volume;
  if (docker) return { ...volume, dockerVolumeConfiguration: { ...docker, scope: docker.scope ?? 'task' } };
  if (efs) return { ...volume, efsVolumeConfiguration: { ...efs, rootDirectory: efs.rootDirectory ?? '/' } };
  const hasStorage =
    volume.s3filesVolumeConfiguration ||
    volume.fsxWindowsFileServerVolumeConfiguration ||
    volume.configuredAtLaunch ||
    volume.host;
  return hasStorage ? volume : { ...volume, host: {} };
}
