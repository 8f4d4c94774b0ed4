// A VPC: blocks of addresses that its subnets are parts of.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

export interface CidrAssociation {
  /** `vpc-cidr-assoc-` and 17 hex digits. */
  readonly id: string;
  readonly cidrBlock: string;
}

export interface Vpc extends Resource {
  /** The first is the one that it was made with. */
  readonly cidrBlocks: readonly CidrAssociation[];
  readonly instanceTenancy: 'default' | 'dedicated';
  readonly isDefault: boolean;
  /** `default` is AWS's own set of no options. */
  readonly dhcpOptionsId: string;
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
  readonly enableNetworkAddressUsageMetrics: boolean;
}

const on = indexOn<Vpc>();

export const vpcs = defineTable<Vpc>()({
  name: 'ec2-vpcs',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    default: on('accountId', 'region').where(({ isDefault }) => isDefault),
    dhcpOptions: on('dhcpOptionsId'),
  },
  tallies: {},
});
