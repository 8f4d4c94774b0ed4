// A network interface: an address of a subnet, with the security groups that say what reaches it.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export interface NetworkInterfaceAttachment {
  /** `eni-attach-` and 17 hex digits, or `ela-attach-` where AWS's services have attached it. */
  readonly id: string;
  /** Absent where it is of a service of AWS. */
  readonly instanceId?: string | undefined;
  /** Who has it. */
  readonly instanceOwnerId: string;
  readonly deviceIndex: number;
  readonly deleteOnTermination: boolean;
  /** Epoch ms. */
  readonly attachedAt: number;
}

export interface NetworkInterface extends Resource, MadeByToken {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  /** The first is the primary one. */
  readonly privateIpAddresses: readonly string[];
  readonly macAddress: string;
  /** Ids of its security groups, in the order that they were given. */
  readonly groupIds: readonly string[];
  readonly description: string;
  /** `interface`, or what a service of AWS made it for, e.g. `nat_gateway`. */
  readonly interfaceType: string;
  readonly sourceDestCheck: boolean;
  /** Who asked for it: the account, or the service of AWS whose it is. */
  readonly requesterId: string;
  /** Whether it is a service's: nobody else may change it. */
  readonly requesterManaged: boolean;
  readonly attachment?: NetworkInterfaceAttachment | undefined;
}

const on = indexOn<NetworkInterface>();

export const networkInterfaces = defineTable<NetworkInterface>()({
  name: 'ec2-network-interfaces',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    vpc: on('vpcId'),
    subnet: on('subnetId'),
    clientToken: on('accountId', 'region', 'clientToken'),
    address: on.each(['subnetId', 'privateIpAddress'], ({ subnetId, privateIpAddresses }) =>
      privateIpAddresses.map((privateIpAddress) => ({ subnetId, privateIpAddress })),
    ),
    group: on.each(['groupId'], ({ groupIds }) => groupIds.map((groupId) => ({ groupId }))),
  },
  tallies: {
    /** How many of a subnet's addresses are taken. */
    takenAddresses: {
      group: on('subnetId'),
      empty: 0,
      add: (total: number, { privateIpAddresses }) => total + privateIpAddresses.length,
      remove: (total: number, { privateIpAddresses }) => total - privateIpAddresses.length,
    },
  },
});
