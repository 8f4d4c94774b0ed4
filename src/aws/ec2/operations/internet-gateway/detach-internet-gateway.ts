// DetachInternetGateway: a VPC that has no public address gives up its way out. Routes that led there lead nowhere then.
import type { ReadTransaction } from '../../../../store/store.ts';
import { addresses } from '../../state/address/address.ts';
import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { dependencyViolation, gatewayNotAttached } from '../../errors.ts';
import { internetGatewayOf, vpcOf } from '../resolve.ts';

export const detachInternetGateway: Ec2Operation<'DetachInternetGateway'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const gateway = internetGatewayOf(tx, call, input.InternetGatewayId);
    const { id: vpcId } = vpcOf(tx, call, input.VpcId);
    if (gateway.vpcId !== vpcId) throw gatewayNotAttached(gateway.id, vpcId);
    if (hasPublicAddress(tx, vpcId))
      throw dependencyViolation(
        `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    tx.table(internetGateways).put({ ...gateway, vpcId: undefined });
    return {};
  });

const hasPublicAddress = (tx: ReadTransaction, vpcId: string): boolean =>
  [...tx.table(networkInterfaces).by('vpc', { vpcId })].some(
    ({ id }) => tx.table(addresses).count('networkInterface', { networkInterfaceId: id }) > 0,
  );
