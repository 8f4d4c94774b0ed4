// A VPC comes with what its subnets have as long as nobody gives them anything else: a route table, an ACL, a security group.
import type { Random } from '../../../../lib/random.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { defaultEntries, lastEntries, networkAcls } from '../network-acl/network-acl.ts';
import { newId, scopeOf } from '../resource.ts';
import { routeTables } from '../route-table/route-table.ts';
import { newSecurityGroup, newRule } from '../security-group/new-security-group.ts';
import { vpcs, type Vpc } from '../vpc/vpc.ts';

export type NewVpc = Pick<
  Vpc,
  'accountId' | 'region' | 'instanceTenancy' | 'isDefault' | 'dhcpOptionsId' | 'tags'
> & { readonly cidrBlock: string };

export function newVpc(tx: WriteTransaction, random: Random, { cidrBlock, ...input }: NewVpc): Vpc {
  const vpc = tx.table(vpcs).put({
    ...input,
    id: newId(random, 'vpc'),
    cidrBlocks: [{ id: newId(random, 'vpc-cidr-assoc'), cidrBlock }],
    enableDnsSupport: true,
    enableDnsHostnames: input.isDefault,
    enableNetworkAddressUsageMetrics: false,
  });
  const [scope, vpcId] = [scopeOf(vpc), vpc.id];
  tx.table(routeTables).put({
    ...scope,
    id: newId(random, 'rtb'),
    vpcId,
    routes: [],
    associations: [],
    mainAssociationId: newId(random, 'rtbassoc'),
    tags: [],
  });
  tx.table(networkAcls).put({
    ...scope,
    id: newId(random, 'acl'),
    vpcId,
    isDefault: true,
    entries: [...defaultEntries, ...lastEntries],
    tags: [],
  });
  const description = 'default VPC security group';
  const group = newSecurityGroup(tx, random, { ...scope, vpcId, name: 'default', description, tags: [] });
  const match = {
    protocol: '-1',
    fromPort: -1,
    toPort: -1,
    peer: { kind: 'group', value: group.id },
  } as const;
  newRule(tx, random, group, { direction: 'ingress', match });
  return vpc;
}
