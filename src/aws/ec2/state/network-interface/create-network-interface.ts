// Network interfaces are made and removed here, whoever they are for.
import type { Random } from '../../../../lib/random.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { addresses } from '../address/address.ts';
import { newId, scopeOf, type MadeByToken } from '../resource.ts';
import type { Subnet } from '../subnet/subnet.ts';
import { freeAddresses } from './free-address.ts';
import { networkInterfaces, type NetworkInterface } from './network-interface.ts';

export interface NewNetworkInterface extends MadeByToken {
  readonly subnet: Subnet;
  /** Ids of security groups of the subnet's VPC. */
  readonly groupIds: readonly string[];
  readonly description?: string;
  /** Free addresses of the subnet, the primary one first; default one that is chosen. */
  readonly privateIpAddresses?: readonly string[];
  /** Default `interface`. */
  readonly interfaceType?: string;
  /** The service of AWS whose it is; default the account's own. */
  readonly requester?: string;
  readonly attachment?: NetworkInterface['attachment'];
  readonly tags?: NetworkInterface['tags'];
}

/** Makes one; undefined where the subnet has no address left. */
export function createNetworkInterface(
  tx: WriteTransaction,
  random: Random,
  input: NewNetworkInterface,
): NetworkInterface | undefined {
  const { subnet, requester, interfaceType = 'interface', clientToken, requestHash } = input;
  const privateIpAddresses = input.privateIpAddresses ?? freeAddresses(tx, random, subnet, 1);
  if (privateIpAddresses === undefined) return undefined;
  return tx.table(networkInterfaces).put({
    ...scopeOf(subnet),
    id: newId(random, 'eni'),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    privateIpAddresses,
    macAddress: macAddress(random),
    groupIds: input.groupIds,
    description: input.description ?? '',
    interfaceType,
    sourceDestCheck: interfaceType === 'interface',
    requesterId: requester ?? subnet.accountId,
    requesterManaged: requester !== undefined,
    attachment: input.attachment,
    clientToken,
    requestHash,
    tags: input.tags ?? [],
  });
}

/** Removes one; its Elastic IP address is free again. */
export function deleteNetworkInterface(tx: WriteTransaction, { id }: NetworkInterface): void {
  for (const address of [...tx.table(addresses).by('networkInterface', { networkInterfaceId: id })])
    tx.table(addresses).put({
      ...address,
      associationId: undefined,
      networkInterfaceId: undefined,
      privateIpAddress: undefined,
    });
  tx.table(networkInterfaces).delete(id);
}

/** One that is administered locally, so that no maker of hardware has it. */
function macAddress(random: Random): string {
  const bytes = [0x02, ...random.bytes(5)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
