// Chooses host ports for mappings that leave the choice to the agent, so that every binding is static and written down.
import type { PayloadContainer, PayloadPortMapping, PayloadTask } from '../../agent-protocol/messages.ts';
import type { Random } from '../../lib/random.ts';
import type { AgentConfig } from '../config/config.ts';
import { networkModeOf } from '../engine/docker-config.ts';
import { readPortRange } from '../task/port-range.ts';
import type { PortBinding } from '../engine/runtime.ts';

export type PortRange = AgentConfig['dynamicHostPortRange'];
type Protocol = PortBinding['protocol'];

/** Host ports that must not be chosen, as `<port>/<protocol>`. */
export type TakenPorts = Set<string>;

export const portKey = (port: number, protocol: Protocol): string => `${port}/${protocol}`;

/** The keys of every host port of a binding. */
export const portKeys = ({ hostPort, count = 1, protocol }: PortBinding): readonly string[] =>
  Array.from({ length: count }, (_, at) => portKey(hostPort + at, protocol));

/**
 * The bindings of `container`, each host port chosen added to `taken`; undefined when the range is used up.
 * With the host's network they are the container's own ports, and nothing is chosen.
 */
export function choosePorts(
  task: PayloadTask,
  container: PayloadContainer,
  taken: TakenPorts,
  config: AgentConfig,
  random: Random,
): readonly PortBinding[] | undefined {
  const mode = networkModeOf(container, task.networkMode);
  if (mode !== 'bridge' && mode !== 'host') return [];
  const bindings: PortBinding[] = [];
  for (const mapping of container.portMappings ?? []) {
    const { protocol = 'tcp' } = mapping;
    const wanted = wantedPorts(mapping);
    const hostPort =
      mode === 'host'
        ? wanted.containerPort
        : mapping.hostPort ||
          freePorts(wanted.count ?? 1, taken, protocol, config.dynamicHostPortRange, random);
    if (hostPort === undefined) return undefined;
    const binding = { ...wanted, hostPort, hostIp: config.bindAddress, protocol };
    for (const key of portKeys(binding)) taken.add(key);
    bindings.push(binding);
  }
  return bindings;
}

/** The container's side of a mapping. */
function wantedPorts(mapping: PayloadPortMapping): Pick<PortBinding, 'containerPort' | 'count'> {
  const { containerPort = 0, containerPortRange } = mapping;
  const range = containerPortRange === undefined ? undefined : readPortRange(containerPortRange);
  return range ? { containerPort: range.from, count: range.to - range.from + 1 } : { containerPort };
}

/**
 * The first of `count` free ports in a row. It starts looking anywhere in the range: a port that was given back a moment
 * ago is then rarely the next one.
 */
function freePorts(
  count: number,
  taken: TakenPorts,
  protocol: Protocol,
  range: PortRange,
  random: Random,
): number | undefined {
  const last = range.to - count + 1;
  if (last < range.from) return undefined;
  const start = range.from + Math.floor(random.next() * (last - range.from + 1));
  const isTaken = (port: number): boolean => taken.has(portKey(port, protocol));
  return freeFrom(start, last, count, isTaken) ?? freeFrom(range.from, start - 1, count, isTaken);
}

/** The first place from `first` to `last` that `count` ports in a row are free at. */
function freeFrom(
  first: number,
  last: number,
  count: number,
  isTaken: (port: number) => boolean,
): number | undefined {
  let at = first;
  while (at <= last) {
    let end = at + count - 1;
    while (end >= at && !isTaken(end)) end -= 1;
    if (end < at) return at;
    at = end + 1;
  }
  return undefined;
}
