// A subnet: a part of a VPC's addresses, in one Availability Zone.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

export interface Subnet extends Resource {
  readonly vpcId: string;
  readonly cidrBlock: string;
  /** By its name. */
  readonly availabilityZone: string;
  readonly defaultForAz: boolean;
  readonly mapPublicIpOnLaunch: boolean;
  readonly hostnameType: 'ip-name' | 'resource-name';
  readonly enableResourceNameDnsARecord: boolean;
  readonly networkAclId: string;
  /** `aclassoc-` and 17 hex digits; another with each ACL. */
  readonly networkAclAssociationId: string;
}

const on = indexOn<Subnet>();

export const subnets = defineTable<Subnet>()({
  name: 'ec2-subnets',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    vpc: on('vpcId'),
    networkAcl: on('networkAclId'),
    networkAclAssociation: on('networkAclAssociationId'),
  },
  tallies: {},
});
