// What every account finds in a region before it has made anything: a VPC with a subnet in each zone, and a way out.
import type { Random } from '../../../../lib/random.ts';
import { indexOn } from '../../../../store/index-on.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { defineTable } from '../../../../store/table.ts';
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import { cidrText, parseCidr } from '../cidr.ts';
import { dhcpOptions } from '../dhcp-options/dhcp-options.ts';
import { internetGateways } from '../internet-gateway/internet-gateway.ts';
import { newId, scopeOf } from '../resource.ts';
import { routeTables } from '../route-table/route-table.ts';
import type { Subnet } from '../subnet/subnet.ts';
import type { Vpc } from '../vpc/vpc.ts';
import { zonesOf } from '../zone.ts';
import { newSubnet } from './new-subnet.ts';
import { newVpc } from './new-vpc.ts';

/** That an account was given its network in a region: it is not made again once the account has deleted it. */
export interface DefaultNetwork extends Scope {
  readonly version: number;
  /** Of the options that new VPCs get. */
  readonly dhcpOptionsId: string;
}

export const defaultNetworks = defineTable<DefaultNetwork>()({
  name: 'ec2-default-networks',
  durable: true,
  key: scopeKey,
  indexes: { region: indexOn<DefaultNetwork>()('region') },
  tallies: {},
});

export const hasDefaultNetwork = (tx: ReadTransaction, scope: Scope): boolean =>
  tx.table(defaultNetworks).get(scopeKey(scope)) !== undefined;

/** Gives the account its network in the region, unless it was given it before. */
export function ensureDefaultNetwork(tx: WriteTransaction, random: Random, scope: Scope): DefaultNetwork {
  const known = tx.table(defaultNetworks).get(scopeKey(scope));
  if (known !== undefined) return known;
  const { region } = scope;
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const options = tx.table(dhcpOptions).put({
    ...scopeOf(scope),
    id: newId(random, 'dopt'),
    configurations: [
      { key: 'domain-name', values: [domain] },
      { key: 'domain-name-servers', values: ['AmazonProvidedDNS'] },
    ],
    tags: [],
  });
  const made = tx.table(defaultNetworks).put({ ...scopeOf(scope), dhcpOptionsId: options.id });
  newDefaultVpc(tx, random, made);
  return made;
}

/** Makes the VPC itself, with a subnet in each zone; the account must have none. */
export function newDefaultVpc(tx: WriteTransaction, random: Random, network: DefaultNetwork): Vpc {
  const vpc = newVpc(tx, random, {
    ...scopeOf(network),
    cidrBlock: '172.31.0.0/16',
    instanceTenancy: 'default',
    isDefault: true,
    dhcpOptionsId: network.dhcpOptionsId,
    tags: [],
  });
  for (const { name } of zonesOf(network.region)) newDefaultSubnet(tx, random, vpc, name);
  const gateway = newId(random, 'igw');
  tx.table(internetGateways).put({ ...scopeOf(network), id: gateway, vpcId: vpc.id, tags: [] });
  const [main] = tx.table(routeTables).by('main', { vpcId: vpc.id });
  const target = { kind: 'gatewayId', id: gateway } as const;
  tx.table(routeTables).put({ ...main!, routes: [{ destination: '0.0.0.0/0', target }] });
  return vpc;
}

/** The default subnet of a zone: the sixteenth of the VPC's addresses that is the zone's by its letter. */
export function newDefaultSubnet(tx: WriteTransaction, random: Random, vpc: Vpc, zone: string): Subnet {
  const index = zonesOf(vpc.region).findIndex(({ name }) => name === zone);
  const { first } = parseCidr(vpc.cidrBlocks[0]!.cidrBlock)!;
  const cidrBlock = cidrText({ first: first + index * 2 ** 12, length: 20 });
  return newSubnet(tx, random, vpc, { availabilityZone: zone, cidrBlock, defaultForAz: true, tags: [] });
}
