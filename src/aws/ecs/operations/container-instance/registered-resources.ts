// What an agent registers (`totalResources`, `platformDevices`), in the accounting that placement uses.
import type * as ecs from '../../shapes.generated.ts';
import type { OtherResource } from '../../state/instance/container-instance.ts';
import type { Resources } from '../../../../agent-protocol/resources.ts';
import { invalidParameter, unsupportedFeature } from '../../errors.ts';

export interface RegisteredResources {
  readonly registeredResources: Resources;
  readonly gpuIds?: readonly string[] | undefined;
  readonly otherResources?: readonly OtherResource[] | undefined;
}

type ResourcesInput = readonly ecs.Resource[];

const types: Readonly<Record<string, 'INTEGER' | 'STRINGSET'>> = {
  CPU: 'INTEGER',
  MEMORY: 'INTEGER',
  PORTS: 'STRINGSET',
  PORTS_UDP: 'STRINGSET',
  GPU: 'STRINGSET',
};
/** An instance's reserved TCP ports, the agent's own included. */
const maxReservedPorts = 100;

/**
 * CPU and MEMORY are integers, PORTS and PORTS_UDP sets of port numbers, GPU a set of ids; what else there is, is kept
 * as it is. Throws InvalidParameterException for others.
 */
export function registeredResources(
  total: ResourcesInput = [],
  devices: readonly ecs.PlatformDevice[] = [],
): RegisteredResources {
  checkNames(total);
  const ports = portSet(total, 'PORTS');
  if (ports.length > maxReservedPorts) {
    throw invalidParameter(`The resource PORTS can have at most ${maxReservedPorts} ports.`);
  }
  const gpuIds = [...new Set([...gpuDevices(devices), ...stringSet(total, 'GPU')])];
  const otherResources = total.filter(({ name }) => types[name!] === undefined);
  return {
    registeredResources: {
      cpu: integer(total, 'CPU'),
      memory: integer(total, 'MEMORY'),
      ports,
      portsUdp: portSet(total, 'PORTS_UDP'),
    },
    gpuIds: gpuIds.length > 0 ? gpuIds : undefined,
    otherResources: otherResources.length > 0 ? otherResources : undefined,
  };
}

function checkNames(total: ResourcesInput): void {
  const seen = new Set<string>();
  for (const { name, type } of total) {
    if (!name) throw invalidParameter('A resource needs a name.');
    if (seen.has(name)) throw invalidParameter(`The resource ${name} is given twice.`);
    seen.add(name);
    const wanted = types[name];
    if (wanted !== undefined && type !== undefined && type !== wanted) {
      throw invalidParameter(`The resource ${name} must be of type ${wanted}.`);
    }
  }
}

const named = (total: ResourcesInput, name: string): ecs.Resource | undefined =>
  total.find((resource) => resource.name === name);

function integer(total: ResourcesInput, name: string): number {
  const value = named(total, name)?.integerValue ?? 0;
  if (value < 0) throw invalidParameter(`The resource ${name} must not be negative.`);
  return value;
}

const stringSet = (total: ResourcesInput, name: string): readonly string[] => [
  ...new Set(named(total, name)?.stringSetValue),
];

function portSet(total: ResourcesInput, name: string): number[] {
  return stringSet(total, name).map((text) => {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw invalidParameter(`The resource ${name} has no such port: '${text}'.`);
    return port;
  });
}

function gpuDevices(devices: readonly ecs.PlatformDevice[]): readonly string[] {
  const ids = devices.map(({ id, type }) => {
    if (type !== 'GPU') throw unsupportedFeature(`platform devices of type ${type ?? ''}`);
    if (!id) throw invalidParameter('A platform device needs an id.');
    return id;
  });
  if (new Set(ids).size < ids.length) throw invalidParameter('A platform device is given twice.');
  return ids;
}
