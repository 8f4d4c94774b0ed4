// A route table: where packets of its subnets go. The routes within its VPC, and those of gateway endpoints, follow from other rows.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export type RouteTargetKind = 'gatewayId' | 'natGatewayId' | 'networkInterfaceId';

export interface Route {
  /** An IPv4 or IPv6 block, or a prefix list's id. */
  readonly destination: string;
  readonly target: { readonly kind: RouteTargetKind; readonly id: string };
}

export interface RouteTableAssociation {
  /** `rtbassoc-` and 17 hex digits. */
  readonly id: string;
  readonly subnetId: string;
}

export interface RouteTable extends Resource, MadeByToken {
  readonly vpcId: string;
  readonly routes: readonly Route[];
  readonly associations: readonly RouteTableAssociation[];
  /** Of the association by which it is its VPC's main table: that of subnets that have no other. */
  readonly mainAssociationId?: string | undefined;
}

const on = indexOn<RouteTable>();

export const routeTables = defineTable<RouteTable>()({
  name: 'ec2-route-tables',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    vpc: on('vpcId'),
    main: on('vpcId').where(({ mainAssociationId }) => mainAssociationId !== undefined),
    clientToken: on('accountId', 'region', 'clientToken'),
    subnet: on.each(['subnetId'], ({ associations }) => associations.map(({ subnetId }) => ({ subnetId }))),
    association: on.each(['associationId'], ({ associations, mainAssociationId }) =>
      [
        ...associations.map(({ id }) => id),
        ...(mainAssociationId === undefined ? [] : [mainAssociationId]),
      ].map((associationId) => ({ associationId })),
    ),
  },
  tallies: {},
});
