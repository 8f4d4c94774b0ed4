// A NAT gateway: by which a subnet's machines reach what is outside. Its state goes on by itself, as its controller sees to it.
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MadeByToken, Resource } from '../resource.ts';

export interface NatGateway extends Resource, MadeByToken {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly connectivityType: 'public' | 'private';
  readonly state: 'pending' | 'available' | 'failed' | 'deleting' | 'deleted';
  /** Epoch ms when `state` became what it is. */
  readonly since: number;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly deletedAt?: number | undefined;
  /** Why it has failed, or, while it is pending, will. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
  readonly networkInterfaceId: string;
  readonly privateIp: string;
  /** Of a public one. */
  readonly allocationId?: string | undefined;
  readonly publicIp?: string | undefined;
  /** There while the address is its. */
  readonly associationId?: string | undefined;
}

/** Whether it holds its subnet, its interface and its address. */
export const isLiveNatGateway = ({ state }: NatGateway): boolean =>
  state === 'pending' || state === 'available' || state === 'deleting';

const on = indexOn<NatGateway>();

export const natGateways = defineTable<NatGateway>()({
  name: 'ec2-nat-gateways',
  durable: true,
  key: ({ id }) => id,
  indexes: {
    scope: on('accountId', 'region'),
    networkInterface: on('networkInterfaceId'),
    clientToken: on('accountId', 'region', 'clientToken'),
  },
  tallies: {},
});
