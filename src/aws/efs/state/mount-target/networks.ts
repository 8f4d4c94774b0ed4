// What mount targets need of networks; who has them is given from outside.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';

export interface SubnetPlace {
  readonly vpcId: string;
  readonly availabilityZoneName: string;
  readonly availabilityZoneId: string;
}

export interface NewInterface {
  readonly subnetId: string;
  readonly securityGroups: readonly string[];
  /** Default one that is free. */
  readonly ipAddress?: string | undefined;
  readonly description: string;
}

export interface Networks {
  /** Undefined where the account has no such subnet in the Region. */
  subnet(tx: ReadTransaction, scope: Scope, id: string): SubnetPlace | undefined;
  hasSecurityGroup(tx: ReadTransaction, scope: Scope, vpcId: string, id: string): boolean;
  /** The id of the VPC's own group. */
  defaultSecurityGroup(tx: ReadTransaction, scope: Scope, vpcId: string): string;
  /** Makes a network interface in a subnet that there is; or says why not. */
  attach(
    tx: WriteTransaction,
    scope: Scope,
    input: NewInterface,
  ):
    | { readonly id: string; readonly ipAddress: string }
    | 'no free address'
    | 'address in use'
    | 'not in subnet';
  detach(tx: WriteTransaction, networkInterfaceId: string): void;
  changeSecurityGroups(
    tx: WriteTransaction,
    networkInterfaceId: string,
    securityGroups: readonly string[],
  ): void;
}
