// CreateVpcEndpoint: a gateway is a route of some tables; an interface has a network interface in some subnets.
import type { Random } from '../../../../lib/random.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type * as ec2 from '../../shapes.generated.ts';
import { createNetworkInterface } from '../../state/network-interface/create-network-interface.ts';
import { newId, scopeOf } from '../../state/resource.ts';
import type { Subnet } from '../../state/subnet/subnet.ts';
import { endpointService, prefixLists } from '../../state/vpc-endpoint/endpoint-services.ts';
import { vpcEndpoints, type VpcEndpoint } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import type { Vpc } from '../../state/vpc/vpc.ts';
import type { Ec2, Ec2Operation } from '../../ec2.ts';
import {
  endpointConflict,
  freeAddressesMissing,
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  routeExists,
  serviceNameNotFound,
  unsupported,
} from '../../errors.ts';
import { presentVpcEndpoint } from '../../present/vpc-endpoint.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { serviceAttachment } from '../nat-gateway/create-nat-gateway.ts';
import { interfaceGroups } from '../network-interface/create-network-interface.ts';
import { routeTableOf, subnetOf, vpcOf } from '../resolve.ts';
import { newTags } from '../tags.ts';

export const createVpcEndpoint: Ec2Operation<'CreateVpcEndpoint'> = (ec2, input, call) => {
  const type = typeOf(input);
  const serviceName = serviceOf(call, input, type);
  const policyDocument = checkedPolicy(input.PolicyDocument);
  const tags = newTags(input.TagSpecifications, 'vpc-endpoint');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const vpc = vpcOf(tx, call, input.VpcId);
    const earlier = madeEarlier(made, (clientToken) =>
      tx.table(vpcEndpoints).by('clientToken', { ...call, clientToken }),
    );
    const row =
      earlier ??
      tx.table(vpcEndpoints).put({
        ...scopeOf(call),
        ...made,
        vpcId: vpc.id,
        type,
        serviceName,
        policyDocument,
        createdAt: call.now,
        tags,
        ...(type === 'Gateway'
          ? gatewayPart(ec2, tx, call, input)
          : interfacePart(ec2, tx, call, { vpc, input })),
      });
    return { VpcEndpoint: presentVpcEndpoint(tx, row), ClientToken: input.ClientToken };
  });
};

type Part = Pick<
  VpcEndpoint,
  'id' | 'routeTableIds' | 'subnetIds' | 'groupIds' | 'networkInterfaceIds' | 'privateDnsEnabled'
>;

const none = { routeTableIds: [], subnetIds: [], groupIds: [], networkInterfaceIds: [] };

function gatewayPart(
  { random }: Ec2,
  tx: ReadTransaction,
  call: Call,
  { VpcId, ServiceName, RouteTableIds: ids = [] }: ec2.CreateVpcEndpointRequest,
): Part {
  const routeTableIds = checkedRouteTables(tx, call, { vpcId: VpcId, serviceName: ServiceName! }, ids);
  return { ...none, id: newId(random, 'vpce'), routeTableIds, privateDnsEnabled: false };
}

/** Route tables of the endpoint's VPC that have no route to its service yet. */
export function checkedRouteTables(
  tx: ReadTransaction,
  call: Call,
  { vpcId, serviceName }: Pick<VpcEndpoint, 'vpcId' | 'serviceName'>,
  ids: readonly string[],
): readonly string[] {
  return [...new Set(ids)].map((id) => {
    const table = routeTableOf(tx, call, id);
    if (table.vpcId !== vpcId)
      throw invalidParameterValue(`route table ${id} and network ${vpcId} are not of the same network`);
    const same = [...tx.table(vpcEndpoints).by('routeTable', { routeTableId: id })].some(
      (endpoint) => endpoint.serviceName === serviceName,
    );
    if (same) throw routeExists(prefixLists(call.region).find(({ name }) => name === serviceName)!.id);
    return id;
  });
}

interface InterfaceInput {
  readonly vpc: Vpc;
  readonly input: ec2.CreateVpcEndpointRequest;
}

function interfacePart(
  { random }: Ec2,
  tx: WriteTransaction,
  call: Call,
  { vpc, input }: InterfaceInput,
): Part {
  const id = newId(random, 'vpce');
  const privateDnsEnabled = input.PrivateDnsEnabled ?? true;
  if (privateDnsEnabled) checkPrivateDns(tx, vpc, input.ServiceName!);
  const groupIds = interfaceGroups(tx, call, vpc.id, input.SecurityGroupIds);
  const subnets = endpointSubnets(tx, call, vpc.id, input.SubnetIds ?? []);
  const networkInterfaceIds = subnets.map((subnet) =>
    endpointInterface(tx, random, { id, subnet, groupIds, now: call.now }),
  );
  const subnetIds = subnets.map((subnet) => subnet.id);
  return { ...none, id, subnetIds, groupIds, networkInterfaceIds, privateDnsEnabled };
}

/** Names are those of one endpoint only, in a VPC that looks names up. */
function checkPrivateDns(tx: ReadTransaction, vpc: Vpc, serviceName: string): void {
  if (!vpc.enableDnsSupport || !vpc.enableDnsHostnames)
    throw invalidParameterValue(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    );
  const other = [...tx.table(vpcEndpoints).by('vpc', { vpcId: vpc.id })].some(
    (endpoint) => endpoint.privateDnsEnabled && endpoint.serviceName === serviceName,
  );
  if (other) throw endpointConflict(serviceName, vpc.id);
}

/** Subnets of the VPC, each in another zone. */
export function endpointSubnets(
  tx: ReadTransaction,
  call: Call,
  vpcId: string,
  ids: readonly string[],
): readonly Subnet[] {
  const all = [...new Set(ids)].map((id) => subnetOf(tx, call, id));
  const stray = all.find((subnet) => subnet.vpcId !== vpcId);
  if (stray !== undefined)
    throw invalidParameterValue(`subnet ${stray.id} and network ${vpcId} are not of the same network`);
  if (new Set(all.map(({ availabilityZone }) => availabilityZone)).size < all.length) throw duplicateZones();
  return all;
}

export const duplicateZones = () =>
  invalidParameterCombination('Found another VPC endpoint subnet in the same availability zone.');

interface EndpointInterface {
  readonly id: string;
  readonly subnet: Subnet;
  readonly groupIds: readonly string[];
  readonly now: number;
}

/** Makes the interface of an endpoint in a subnet; answers its id. */
export function endpointInterface(
  tx: WriteTransaction,
  random: Random,
  { id, subnet, groupIds, now }: EndpointInterface,
): string {
  const made = createNetworkInterface(tx, random, {
    subnet,
    groupIds,
    description: `VPC Endpoint Interface ${id}`,
    interfaceType: 'vpc_endpoint',
    requester: 'amazon-vpce',
    attachment: serviceAttachment(random, now),
  });
  if (made === undefined) throw freeAddressesMissing(subnet.id);
  return made.id;
}

function typeOf(input: ec2.CreateVpcEndpointRequest): VpcEndpoint['type'] {
  const { VpcEndpointType: type = 'Gateway' } = input;
  if (type !== 'Gateway' && type !== 'Interface') throw unsupported(`VPC endpoints of type ${type}`);
  const isIpv4 = [undefined, 'ipv4'].includes(input.IpAddressType);
  if (!isIpv4) throw unsupported('IPv6 addresses of VPC endpoints');
  for (const member of ['SubnetConfigurations', 'ServiceNetworkArn', 'ResourceConfigurationArn'] as const) {
    if (input[member] !== undefined) throw unsupported(`${member} of VPC endpoints`);
  }
  if (type === 'Gateway' && [input.SubnetIds, input.SecurityGroupIds].some((ids) => (ids ?? []).length > 0))
    throw invalidParameterCombination('Gateway endpoints have no subnets and no security groups.');
  if (type === 'Interface' && (input.RouteTableIds ?? []).length > 0)
    throw invalidParameterCombination('Interface endpoints have no route tables.');
  return type;
}

function serviceOf(
  { region }: Call,
  { ServiceName: name }: ec2.CreateVpcEndpointRequest,
  type: VpcEndpoint['type'],
): string {
  if (name === undefined) throw missingParameter('serviceName');
  const service = endpointService(region, name);
  if (service?.types.includes(type) !== true) throw serviceNameNotFound(name);
  return name;
}

/** A policy that is JSON; what it says is kept, and not asked yet. */
export function checkedPolicy(document: string | undefined): string | undefined {
  if (document === undefined || document === '') return undefined;
  try {
    JSON.parse(document);
  } catch {
    throw invalidParameterValue('The policy document is not valid JSON.');
  }
  return document;
}
