// Static host ports, TCP and UDP apart: reserved by the instance, or held by a task.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Ask, Filter } from '../filter.ts';

/** The first port asked that is not free; undefined when all are. */
function takenPort(kind: 'ports' | 'portsUdp', ask: Ask, load: InstanceLoad): number | undefined {
  const asked = ask.resources[kind];
  const reserved = load.instance.registeredResources[kind];
  const held = load.taken[kind];
  for (const port of asked) if (reserved.includes(port) || held.includes(port)) return port;
  return undefined;
}

const filterOf = (kind: 'ports' | 'portsUdp', protocol: 'tcp' | 'udp'): Filter => ({
  name: kind,
  accepts: (ask, load) => takenPort(kind, ask, load) === undefined,
  reject(ask, load) {
    const port = takenPort(kind, ask, load);
    if (port === undefined) return undefined;
    const reserved = load.instance.registeredResources[kind].includes(port);
    return { filter: kind, reason: 'RESOURCE:PORTS', port, protocol, reserved };
  },
});

export const ports: Filter = filterOf('ports', 'tcp');
export const portsUdp: Filter = filterOf('portsUdp', 'udp');
