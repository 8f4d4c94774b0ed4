// An internet gateway: of one VPC at a time, or of none.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Resource } from '../resource.ts';

export interface InternetGateway extends Resource {
  readonly vpcId?: string | undefined;
}

const on = indexOn<InternetGateway>();

export const internetGateways = defineTable<InternetGateway>()({
  name: 'ec2-internet-gateways',
  durable: true,
  key: ({ id }) => id,
  indexes: { scope: on('accountId', 'region'), vpc: on('vpcId') },
  tallies: {},
});
