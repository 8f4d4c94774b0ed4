// A container definition's linuxParameters in the terms of Docker's HostConfig.
import type { ContainerDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { filled } from './json-object.ts';

type LinuxParameters = NonNullable<ContainerDefinition['linuxParameters']>;
type Device = NonNullable<LinuxParameters['devices']>[number];
type Tmpfs = NonNullable<LinuxParameters['tmpfs']>[number];

const bytes = (mebibytes: number): number => mebibytes * 1024 * 1024;
const permissionLetters: Readonly<Record<string, string>> = { read: 'r', write: 'w', mknod: 'm' };

const device = (wanted: Device): object => ({
  PathOnHost: wanted.hostPath,
  PathInContainer: wanted.containerPath ?? wanted.hostPath,
  CgroupPermissions:
    filled(wanted.permissions)
      ?.map((permission) => permissionLetters[permission])
      .join('') ?? 'rwm',
});

const tmpfsOptions = (mount: Tmpfs): string =>
  [...(mount.mountOptions ?? []), `size=${mount.size ?? 0}m`].join(',');

const tmpfsMounts = (mounts: readonly Tmpfs[]): object =>
  Object.fromEntries(mounts.map((mount) => [mount.containerPath, tmpfsOptions(mount)]));

/** Docker counts memory and swap together; without a memory limit a swap limit means nothing. */
function swap({ maxSwap, swappiness }: LinuxParameters, memory: number | undefined): object {
  if (maxSwap === undefined) return {};
  return {
    MemorySwap: memory === undefined || memory === 0 ? undefined : bytes(memory + maxSwap),
    MemorySwappiness: swappiness,
  };
}

/** The HostConfig members for `parameters` of a container with a hard limit of `memory` MiB. */
export const linuxHostConfig = (
  parameters: LinuxParameters,
  memory: number | undefined,
): Readonly<Record<string, unknown>> => ({
  CapAdd: filled(parameters.capabilities?.add),
  CapDrop: filled(parameters.capabilities?.drop),
  Devices: filled(parameters.devices)?.map(device),
  Init: parameters.initProcessEnabled,
  ShmSize: parameters.sharedMemorySize === undefined ? undefined : bytes(parameters.sharedMemorySize),
  Tmpfs:
    parameters.tmpfs === undefined || parameters.tmpfs.length === 0
      ? undefined
      : tmpfsMounts(parameters.tmpfs),
  ...swap(parameters, memory),
});
