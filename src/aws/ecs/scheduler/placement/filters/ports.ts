// Static host ports, TCP and UDP apart: reserved by the instance, or held by a task.
import { lastPart } from '../../../../../lib/arn.ts';
import type { InstanceUsage } from '../../../state/instance/instance-usage.ts';
import type { Filter, Obstacle } from '../filter.ts';
import { heldBy, onNamed } from '../nearest-instance.ts';
import { stopOrMove, type Suggestion } from '../suggestion.ts';

type Kind = 'ports' | 'portsUdp';

interface PortFigures {
  /** The first port asked that is not free. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Whether the instance itself keeps it; else a task holds it. */
  readonly reserved: boolean;
}

function takenPort(kind: Kind, asked: readonly number[], usage: InstanceUsage): number | undefined {
  const reserved = usage.instance.registeredResources[kind];
  const held = usage.taken[kind];
  for (const port of asked) if (reserved.includes(port) || held.includes(port)) return port;
  return undefined;
}

const someOf = (asked: readonly number[]): readonly number[] | undefined =>
  asked.length === 0 ? undefined : asked;

const filterOf = (kind: Kind, protocol: 'tcp' | 'udp'): Filter<readonly number[], PortFigures> => ({
  name: kind,
  // ECS has no word of its own for UDP.
  reason: 'RESOURCE:PORTS',
  closest: 'is already using a port required by your task.',
  needOf: ({ resources }) => someOf(resources[kind]),
  reject(asked, usage) {
    const port = takenPort(kind, asked, usage);
    if (port === undefined) return undefined;
    return { port, protocol, reserved: usage.instance.registeredResources[kind].includes(port) };
  },
  without: (asked, { port }) => someOf(asked.filter((one) => one !== port)),
  subject: ({ port }) => String(port),
  held: ({ port, reserved }, task) => Number(!reserved && task.resources[kind].includes(port)),
  detail: ({ port, reserved }) =>
    `${protocol} host port ${port} is ${reserved ? 'reserved on the instance' : 'taken by another task'}`,
  eventDetail: ({ port }) => `${protocol} host port ${port}`,
  line({ port, reserved }, nearest) {
    const why = reserved ? 'is reserved by the instance itself' : 'is taken';
    return `${protocol} host port ${port} ${why}, ${onNamed(nearest)}${heldBy(nearest)}`;
  },
  suggest: ({ port }, obstacle) => [
    {
      kind: 'change',
      text: `Use a host port other than ${protocol} ${port}, or hostPort 0 to let the agent choose one.`,
    },
    ...stop(port, obstacle),
  ],
  offer: (asked) => ({ hostPorts: asked.map((port) => `${protocol} ${port}`) }),
});

function stop(
  port: number,
  { holders: [holder], requirements: { group }, instance }: Obstacle,
): Suggestion[] {
  if (!holder) return [];
  const isOwn = group.startsWith('service:') && holder.group === group;
  const text = isOwn
    ? `The service's own task ${lastPart(holder.taskArn)} holds the host port ${port} of ${instance}: lower minimumHealthyPercent (0 for a single task), so that it may stop before the new one starts.`
    : `${stopOrMove(holder, instance)}: it holds the host port ${port}.`;
  return [{ kind: 'stop', text }];
}

export const ports = filterOf('ports', 'tcp');
export const portsUdp = filterOf('portsUdp', 'udp');
