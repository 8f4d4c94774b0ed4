import type { DefinitionInput, ContainerInput } from './input.ts';
import { portNameProblems } from './validate-port-names.ts';
import { isPortRange, portRangeProblems } from './validate-port-ranges.ts';
import { rule } from './rule.ts';

type Mapping = NonNullable<ContainerInput['portMappings']>[number];

/** Problems: a mapping that the network mode cannot have, or two that exclude each other. */
export function* portProblems({
  networkMode = 'bridge',
  containerDefinitions = [],
}: DefinitionInput): Iterable<string> {
  const hostPorts = new Set<string>();
  for (const container of containerDefinitions) {
    yield* rule(
      networkMode !== 'none' || !container.portMappings?.length,
      'Port mappings are not supported when networkMode=none.',
    );
    yield* rule(
      networkMode === 'bridge' || !container.links?.length,
      `Links are not supported when networkMode=${networkMode}.`,
    );
    yield* mappingProblems(container, networkMode, hostPorts);
  }
  yield* portNameProblems(containerDefinitions);
  yield* portRangeProblems(containerDefinitions, networkMode);
}

function* mappingProblems(
  container: ContainerInput,
  networkMode: string,
  hostPorts: Set<string>,
): Iterable<string> {
  const seen = new Set<string>();
  for (const mapping of container.portMappings ?? []) {
    if (isPortRange(mapping)) continue;
    const { containerPort, hostPort = 0, protocol = 'tcp' } = mapping;
    yield* portNumberProblems(container, 'containerPort', containerPort, 1);
    yield* portNumberProblems(container, 'hostPort', hostPort, 0);
    yield* modeProblems(mapping, networkMode);
    const key = `${containerPort}/${protocol}/${hostPort}`;
    if (seen.has(key)) {
      yield `Container '${container.name}' has the port mapping ${containerPort}/${protocol} twice.`;
      continue;
    }
    seen.add(key);
    yield* hostPortProblems(mapping, networkMode, hostPorts);
  }
}

/** Where containers have no network of their own, the host port is the container's. */
function* modeProblems({ containerPort, hostPort }: Mapping, networkMode: string): Iterable<string> {
  // 0 says "any" in bridge mode; in host mode it is taken for the container's own, as if it were absent.
  const ownHostPort = networkMode === 'host' ? hostPort || undefined : hostPort;
  yield* rule(
    (networkMode !== 'awsvpc' && networkMode !== 'host') ||
      ownHostPort === undefined ||
      ownHostPort === containerPort,
    `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
  );
}

function* hostPortProblems(mapping: Mapping, networkMode: string, hostPorts: Set<string>): Iterable<string> {
  const { containerPort, hostPort = 0, protocol = 'tcp' } = mapping;
  const host = networkMode === 'bridge' ? hostPort : containerPort;
  if (!host) return;
  if (hostPorts.has(`${host}/${protocol}`))
    yield networkMode === 'awsvpc'
      ? `Container port ${host}/${protocol}: the container port is used multiple times in task.`
      : `Host port ${host}/${protocol} is mapped twice in the task definition.`;
  hostPorts.add(`${host}/${protocol}`);
}

function* portNumberProblems(
  container: ContainerInput,
  label: string,
  port: number | undefined,
  low: number,
): Iterable<string> {
  yield* rule(
    port !== undefined && port >= low && port <= 65535,
    `Invalid '${label}' setting for container '${container.name}'. Ports are between ${low} and 65535.`,
  );
}
