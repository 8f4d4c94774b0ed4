// What a task takes of its instance, counted as the official agent counts it. Placement must never count less.
import type { PayloadContainer, PayloadTask } from '../../agent-protocol/messages.ts';
import { noResources, type Resources } from '../../agent-protocol/resources.ts';
import { gpusOf } from './gpus.ts';
import { hostConfigOverlay, networkModeOf } from '../engine/docker-config.ts';

const unitsPerCpu = 1024;
const mebibyte = 2 ** 20;

/** CPU units, MiB, static host ports and GPUs of `task`. Dynamic ports are found later and never waited for. */
export function taskDemand(task: PayloadTask): Resources {
  if (task.launchType === 'FARGATE') return noResources;
  const sum = (amount: (container: PayloadContainer) => number): number =>
    task.containers.reduce((total, container) => total + amount(container), 0);
  const gpuIds = gpusOf(task);
  return {
    cpu: task.cpu ? task.cpu * unitsPerCpu : sum(({ cpu }) => cpu ?? 0),
    memory: task.memory || sum(containerMemory),
    ports: staticPorts(task, 'tcp'),
    portsUdp: staticPorts(task, 'udp'),
    ...(gpuIds.length > 0 && { gpuIds }),
  };
}

/** A soft limit counts in place of the hard one. */
function containerMemory(container: PayloadContainer): number {
  const reservation = hostConfigOverlay(container)['MemoryReservation'];
  return typeof reservation === 'number' && reservation > 0
    ? Math.floor(reservation / mebibyte)
    : (container.memory ?? 0);
}

function staticPorts(task: PayloadTask, protocol: 'tcp' | 'udp'): readonly number[] {
  return task.containers.flatMap((container) => {
    const mode = networkModeOf(container, task.networkMode);
    if (mode !== 'bridge' && mode !== 'host') return [];
    return (container.portMappings ?? []).flatMap(({ containerPort, hostPort, protocol: own }) => {
      // On the host's network a port is the container's own, whatever the mapping says.
      const port = mode === 'host' ? containerPort : hostPort;
      return port !== undefined && port > 0 && (own ?? 'tcp') === protocol ? [port] : [];
    });
  });
}

/** A GPU of the task that is not among those of the instance: it will not come, however long the task waits. */
export const missingGpu = (capacity: Resources, task: PayloadTask): string | undefined =>
  gpusOf(task).find((id) => !capacity.gpuIds?.includes(id));

/** Whether `demand` fits into `capacity` beside what is `taken`; the instance's reserved ports are part of `taken`. */
export function fits(capacity: Resources, taken: Resources, demand: Resources): boolean {
  const free = <T>(used: readonly T[], wanted: readonly T[]): boolean =>
    wanted.every((one) => !used.includes(one));
  const gpuIds = demand.gpuIds ?? [];
  return (
    taken.cpu + demand.cpu <= capacity.cpu &&
    taken.memory + demand.memory <= capacity.memory &&
    free(taken.ports, demand.ports) &&
    free(taken.portsUdp, demand.portsUdp) &&
    free(taken.gpuIds ?? [], gpuIds) &&
    gpuIds.every((id) => capacity.gpuIds?.includes(id))
  );
}
