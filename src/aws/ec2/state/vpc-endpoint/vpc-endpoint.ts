// A VPC endpoint: by which a VPC's machines reach a service of AWS.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export interface VpcEndpoint extends Resource, MadeByToken {
  readonly vpcId: string;
  readonly type: 'Gateway' | 'Interface';
  /** E.g. `com.amazonaws.us-east-1.s3`. */
  readonly serviceName: string;
  /** As it was given; undefined of one that allows everything. */
  readonly policyDocument?: string | undefined;
  /** Of a gateway. */
  readonly routeTableIds: readonly string[];
  /** Of an interface, as the next two: one network interface in each subnet. */
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
  readonly privateDnsEnabled: boolean;
  /** Epoch ms. */
  readonly createdAt: number;
}

const on = indexOn<VpcEndpoint>();

export const vpcEndpoints = defineTable<VpcEndpoint>()({
  name: 'ec2-vpc-endpoints',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    vpc: on('vpcId'),
    clientToken: on('accountId', 'region', 'clientToken'),
    routeTable: on.each(['routeTableId'], ({ routeTableIds }) =>
      routeTableIds.map((routeTableId) => ({ routeTableId })),
    ),
  },
  tallies: {},
});
