// What people call a container instance: its machine, and the id that ECS knows it by.
import type { ContainerInstance } from './container-instance.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** An instance as answers name it. */
export interface NamedInstance {
  readonly containerInstanceArn: string;
  readonly ec2InstanceId?: string | undefined;
  /** The name and the address of its machine, where they are known. */
  readonly hostName?: string | undefined;
  readonly address?: string | undefined;
}

export const namedInstance = ({ arn, ec2InstanceId, host }: ContainerInstance): NamedInstance => ({
  containerInstanceArn: arn,
  ...(ec2InstanceId !== undefined && { ec2InstanceId }),
  ...(host?.name !== undefined && { hostName: host.name }),
  ...(host?.address !== undefined && { address: host.address }),
});

/** `web-1 (i-0a1b)`, `10.0.0.5 (1f2e3d4c)`, or the id alone where the machine is not known. */
export function instanceTitle(instance: NamedInstance): string {
  const host = hostTitle(instance);
  return host === undefined ? instanceId(instance) : `${host} (${instanceId(instance)})`;
}

/** The machine's name, else its address, unless that says only that it is the server's own. */
export const hostTitle = ({ hostName, address }: NamedInstance): string | undefined =>
  hostName ?? (address !== undefined && isLoopback(address) ? undefined : address);

/** The EC2 instance id, else the short id. */
export const instanceId = ({ ec2InstanceId, containerInstanceArn }: NamedInstance): string =>
  ec2InstanceId ?? shortId(lastPart(containerInstanceArn));

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** How much of an id of 32 hex digits people are shown; what they type may be as short while only one begins so. */
const shortLength = 8;

export const shortId = (id: string): string => (/^[0-9a-f]{32}$/.test(id) ? id.slice(0, shortLength) : id);
