// Chooses host ports for mappings that leave the choice to the agent, so that every binding is static and written down.
import type { PayloadContainer, PayloadTask } from '../agent-protocol/messages.ts';
import type { Random } from '../lib/random.ts';
import type { AgentConfig } from './config.ts';
import { networkModeOf } from './docker-config.ts';
import type { PortBinding } from './runtime/runtime.ts';

export type PortRange = AgentConfig['dynamicHostPortRange'];
type Protocol = PortBinding['protocol'];

/** Host ports that must not be chosen, as `<port>/<protocol>`. */
export type TakenPorts = Set<string>;

export const portKey = (port: number, protocol: Protocol): string => `${port}/${protocol}`;

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
  for (const { containerPort = 0, hostPort = 0, protocol = 'tcp' } of container.portMappings ?? []) {
    const chosen =
      mode === 'host'
        ? containerPort
        : hostPort || freePort(taken, protocol, config.dynamicHostPortRange, random);
    if (chosen === undefined) return undefined;
    taken.add(portKey(chosen, protocol));
    bindings.push({ containerPort, hostPort: chosen, hostIp: config.bindAddress, protocol });
  }
  return bindings;
}

/** Starts looking anywhere in the range: a port that was given back a moment ago is then rarely the next one. */
function freePort(
  taken: TakenPorts,
  protocol: Protocol,
  range: PortRange,
  random: Random,
): number | undefined {
  const size = range.to - range.from + 1;
  const start = Math.floor(random.next() * size);
  for (let offset = 0; offset < size; offset += 1) {
    const port = range.from + ((start + offset) % size);
    if (!taken.has(portKey(port, protocol))) return port;
  }
  return undefined;
}
