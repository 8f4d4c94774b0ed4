// CreateNatGateway: one in a subnet, with an interface of its own there and, where it is public, an Elastic IP address.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Random } from '../../../../lib/random.ts';
import type { Scope } from '../../../shared/scope.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { addresses, type Address } from '../../state/address/address.ts';
import { natGateways } from '../../state/nat-gateway/nat-gateway.ts';
import { createNetworkInterface } from '../../state/network-interface/create-network-interface.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import {
  elasticIpNotFound,
  freeAddressesMissing,
  invalidParameterCombination,
  missingParameter,
  unsupported,
} from '../../errors.ts';
import { presentNatGateway } from '../../present/nat-gateway.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { checkAddress } from '../network-interface/create-network-interface.ts';
import { isIn, subnetOf } from '../resolve.ts';
import { newTags } from '../tags.ts';

export const createNatGateway: Ec2Operation<'CreateNatGateway'> = (ec2, input, call) => {
  refuseNotBuilt(input);
  const { ConnectivityType: connectivityType = 'public', SubnetId } = input;
  if (SubnetId === undefined) throw missingParameter('subnetId');
  const tags = newTags(input.TagSpecifications, 'natgateway');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const subnet = subnetOf(tx, call, SubnetId);
    const earlier = madeEarlier(made, (clientToken) =>
      tx.table(natGateways).by('clientToken', { ...call, clientToken }),
    );
    if (earlier !== undefined)
      return { NatGateway: presentNatGateway(earlier), ClientToken: input.ClientToken };
    const address = addressFor(tx, call, connectivityType, input.AllocationId);
    if (input.PrivateIpAddress !== undefined) checkAddress(tx, subnet, input.PrivateIpAddress);
    const id = newId(ec2.random, 'nat');
    const networkInterface = createNetworkInterface(tx, ec2.random, {
      subnet,
      groupIds: [],
      description: `Interface for NAT Gateway ${id}`,
      interfaceType: 'nat_gateway',
      requester: 'amazon-nat',
      ...(input.PrivateIpAddress !== undefined && { privateIpAddresses: [input.PrivateIpAddress] }),
      attachment: serviceAttachment(ec2.random, call.now),
    });
    if (networkInterface === undefined) throw freeAddressesMissing(subnet.id);
    const [privateIp] = networkInterface.privateIpAddresses;
    const isFree = address !== undefined && address.associationId === undefined;
    const associationId = isFree ? newId(ec2.random, 'eipassoc') : undefined;
    if (isFree)
      tx.table(addresses).put({
        ...address,
        associationId,
        networkInterfaceId: networkInterface.id,
        privateIpAddress: privateIp,
      });
    const row = tx.table(natGateways).put({
      ...scopeOf(call),
      ...made,
      id,
      vpcId: subnet.vpcId,
      subnetId: subnet.id,
      connectivityType,
      state: 'pending',
      since: call.now,
      createdAt: call.now,
      networkInterfaceId: networkInterface.id,
      privateIp: privateIp!,
      allocationId: address?.id,
      publicIp: address?.publicIp,
      associationId,
      failure: address === undefined || isFree ? undefined : alreadyAssociatedFailure(address),
      tags,
    });
    return { NatGateway: presentNatGateway(row), ClientToken: input.ClientToken };
  });
};

/** How an interface is held that a service of AWS has made for itself. */
export const serviceAttachment = (random: Random, now: number) => ({
  id: newId(random, 'ela-attach'),
  instanceOwnerId: 'amazon-aws',
  deviceIndex: 1,
  deleteOnTermination: false,
  attachedAt: now,
});

/** What becomes known only once the gateway is to have the address. */
const alreadyAssociatedFailure = ({ id }: Address) => ({
  code: 'Resource.AlreadyAssociated',
  message: `Elastic IP address [${id}] is already associated`,
});

function addressFor(
  tx: ReadTransaction,
  scope: Scope,
  connectivityType: ec2.ConnectivityType,
  allocationId: string | undefined,
): Address | undefined {
  if (connectivityType === 'private') {
    if (allocationId !== undefined)
      throw invalidParameterCombination('A private NAT gateway can not have an Elastic IP address.');
    return undefined;
  }
  if (allocationId === undefined) throw missingParameter('allocationId');
  const address = tx.table(addresses).get(allocationId);
  if (address === undefined || !isIn(scope, address)) throw elasticIpNotFound(allocationId);
  return address;
}

function refuseNotBuilt(input: ec2.CreateNatGatewayRequest): void {
  for (const member of [
    'AvailabilityZoneAddresses',
    'SecondaryAllocationIds',
    'SecondaryPrivateIpAddresses',
    'SecondaryPrivateIpAddressCount',
  ] as const) {
    if (input[member] !== undefined) throw unsupported(`${member} of NAT gateways`);
  }
  if (input.AvailabilityMode === 'regional') throw unsupported('regional NAT gateways');
}
