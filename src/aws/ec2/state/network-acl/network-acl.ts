// A network ACL: numbered rules that the packets of its subnets pass in order.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export interface NetworkAclEntry {
  /** 1 to 32766; 32767 is the last one, which every ACL has. */
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** A number; `-1` for all. */
  readonly protocol: string;
  /** One of the two. */
  readonly cidrBlock?: string | undefined;
  readonly ipv6CidrBlock?: string | undefined;
  /** Of TCP and UDP. */
  readonly portRange?: { readonly from: number; readonly to: number } | undefined;
  readonly icmp?: { readonly type: number; readonly code: number } | undefined;
}

export interface NetworkAcl extends Resource, MadeByToken {
  readonly vpcId: string;
  readonly isDefault: boolean;
  /** By direction and number. */
  readonly entries: readonly NetworkAclEntry[];
}

export const lastRuleNumber = 32_767;

const all = { protocol: '-1', cidrBlock: '0.0.0.0/0' } as const;

/** What no rule lets through is dropped. */
export const lastEntries: readonly NetworkAclEntry[] = [true, false].map((egress) => ({
  ...all,
  ruleNumber: lastRuleNumber,
  egress,
  action: 'deny',
}));

/** Of a VPC's own ACL: everything passes. */
export const defaultEntries: readonly NetworkAclEntry[] = [true, false].map((egress) => ({
  ...all,
  ruleNumber: 100,
  egress,
  action: 'allow',
}));

const on = indexOn<NetworkAcl>();

export const networkAcls = defineTable<NetworkAcl>()({
  name: 'ec2-network-acls',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    vpc: on('vpcId'),
    default: on('vpcId').where(({ isDefault }) => isDefault),
    clientToken: on('accountId', 'region', 'clientToken'),
  },
  tallies: {},
});
