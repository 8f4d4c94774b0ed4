// Port mappings, by network mode.
import type { Given, GivenContainer } from './given.ts';
import { validatePortNames } from './validate-port-names.ts';
import { isPortRange, validatePortRanges } from './validate-port-ranges.ts';
import { rule } from './rule.ts';

type Mapping = NonNullable<GivenContainer['portMappings']>[number];

/** Throws ClientException for a mapping that the network mode cannot have, or two that exclude each other. */
export function validatePorts({ networkMode = 'bridge', containerDefinitions = [] }: Given): void {
  const hostPorts = new Set<string>();
  for (const container of containerDefinitions) {
    rule(
      networkMode !== 'none' || !container.portMappings?.length,
      'Port mappings are not supported when networkMode=none.',
    );
    rule(
      networkMode === 'bridge' || !container.links?.length,
      `Links are not supported when networkMode=${networkMode}.`,
    );
    validateMappings(container, networkMode, hostPorts);
  }
  validatePortNames(containerDefinitions);
  validatePortRanges(containerDefinitions, networkMode);
}

function validateMappings(container: GivenContainer, networkMode: string, hostPorts: Set<string>): void {
  const seen = new Set<string>();
  for (const mapping of container.portMappings ?? []) {
    if (isPortRange(mapping)) continue;
    const { containerPort, hostPort = 0, protocol = 'tcp' } = mapping;
    checkPort(container, 'containerPort', containerPort, 1);
    checkPort(container, 'hostPort', hostPort, 0);
    validateMode(mapping, networkMode);
    const key = `${containerPort}/${protocol}/${hostPort}`;
    rule(
      !seen.has(key),
      `Container '${container.name}' has the port mapping ${containerPort}/${protocol} twice.`,
    );
    seen.add(key);
    takeHostPort(mapping, networkMode, hostPorts);
  }
}

/** Where containers have no network of their own, the host port is the container's. */
function validateMode({ containerPort, hostPort }: Mapping, networkMode: string): void {
  // 0 says "any" in bridge mode; in host mode it is taken for the container's own, as if it were absent.
  const given = networkMode === 'host' ? hostPort || undefined : hostPort;
  rule(
    (networkMode !== 'awsvpc' && networkMode !== 'host') || given === undefined || given === containerPort,
    `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
  );
}

function takeHostPort(mapping: Mapping, networkMode: string, hostPorts: Set<string>): void {
  const { containerPort, hostPort = 0, protocol = 'tcp' } = mapping;
  const host = networkMode === 'bridge' ? hostPort : containerPort;
  if (host === 0) return;
  const taken = hostPorts.has(`${host}/${protocol}`);
  rule(
    !taken || networkMode !== 'awsvpc',
    `Container port ${host}/${protocol}: the container port is used multiple times in task.`,
  );
  rule(!taken, `Host port ${host}/${protocol} is mapped twice in the task definition.`);
  hostPorts.add(`${host}/${protocol}`);
}

function checkPort(container: GivenContainer, label: string, port: number | undefined, low: number): void {
  rule(
    port !== undefined && port >= low && port <= 65535,
    `Invalid '${label}' setting for container '${container.name}'. Ports are between ${low} and 65535.`,
  );
}
