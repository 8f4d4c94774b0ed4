// Port mappings as the agent reads them: lower-case protocols, 0 for a host port of its own choice.
import type { PayloadPortMapping } from '../../agent-protocol/messages.ts';
import type { NetworkMode, PortMapping } from '../../aws/ecs/state/task-definition/task-definition.ts';

// Upper case makes the agent refuse the whole task.
const protocolOf = (mapping: PortMapping): 'tcp' | 'udp' =>
  mapping.protocol?.toLowerCase() === 'udp' ? 'udp' : 'tcp';

function payloadPortMapping(mapping: PortMapping, networkMode: NetworkMode): PayloadPortMapping {
  const protocol = protocolOf(mapping);
  if (mapping.containerPortRange !== undefined) {
    return { containerPortRange: mapping.containerPortRange, protocol };
  }
  const { containerPort } = mapping;
  const hostPort = networkMode === 'bridge' ? (mapping.hostPort ?? 0) : containerPort;
  return { containerPort, hostPort, protocol };
}

/** A container's port mappings under `networkMode`; outside bridge the host port is the container's own. */
export const payloadPortMappings = (
  mappings: readonly PortMapping[] | undefined,
  networkMode: NetworkMode,
): readonly PayloadPortMapping[] =>
  (mappings ?? []).map((mapping) => payloadPortMapping(mapping, networkMode));
