// A security group: by what rules packets reach the network interfaces that have it.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

export interface SecurityGroup extends Resource {
  readonly vpcId: string;
  /** No two of a VPC have the same. */
  readonly name: string;
  readonly description: string;
}

const on = indexOn<SecurityGroup>();

export const securityGroups = defineTable<SecurityGroup>()({
  name: 'ec2-security-groups',
  durable: true,
  key: ({ id }) => id,
  indexes: { scope: on('accountId', 'region'), vpc: on('vpcId'), name: on('vpcId', 'name') },
  tallies: {},
});
