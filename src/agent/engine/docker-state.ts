// What the engine's inspection of a container says, in the agent's terms. Pure.
import type { ContainerInspectInfo } from 'dockerode';
import type { ContainerState, PortBinding } from './runtime.ts';

/** The container's state; published ports on IPv6 addresses are left out, as the official agent does by default. */
export function containerState(found: ContainerInspectInfo): ContainerState {
  const status = containerStatus(found.State.Status);
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ''),
    image: found.Config.Image,
    imageId: found.Image,
    labels: found.Config.Labels ?? {},
    status,
    exitCode: status === 'exited' ? found.State.ExitCode : undefined,
    oomKilled: found.State.OOMKilled,
    error: found.State.Error,
    health: healthOf(found.State.Health?.Status),
    createdAt: Date.parse(found.Created),
    startedAt: engineTime(found.State.StartedAt),
    finishedAt: status === 'running' ? undefined : engineTime(found.State.FinishedAt),
    ports: portBindings(found.NetworkSettings.Ports),
  };
}

/** Docker's word for a container's state as ours. A paused or restarting container counts as running: its process has not ended. */
export function containerStatus(status: string): ContainerState['status'] {
  switch (status) {
    case 'created':
      return 'created';
    case 'running':
    case 'paused':
    case 'restarting':
      return 'running';
    default:
      return 'exited';
  }
}

function healthOf(status: string | undefined): ContainerState['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : undefined;
}

/** Epoch ms, or undefined for the year 1 with which the engine says "not yet". */
function engineTime(text: string): number | undefined {
  const time = Date.parse(text);
  return time > 0 ? time : undefined;
}

type EnginePorts = Readonly<Record<string, readonly { HostIp: string; HostPort: string }[] | null>>;

function portBindings(ports: EnginePorts | undefined): PortBinding[] {
  return Object.entries(ports ?? {}).flatMap(([key, bindings]) => {
    const [port, protocol] = key.split('/');
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    return (bindings ?? [])
      .filter((binding) => !binding.HostIp.includes(':'))
      .map(({ HostIp, HostPort }) => ({
        containerPort: Number(port),
        hostPort: Number(HostPort),
        hostIp: HostIp,
        protocol,
      }));
  });
}
