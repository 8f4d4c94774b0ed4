import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { hasDependencies } from '../../errors.ts';
import { internetGatewayOf } from '../resolve.ts';

/** DeleteInternetGateway: one that is of no VPC any more. */
export const deleteInternetGateway: Ec2Operation<'DeleteInternetGateway'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { id, vpcId } = internetGatewayOf(tx, call, input.InternetGatewayId);
    if (vpcId !== undefined) throw hasDependencies('internetGateway', id);
    tx.table(internetGateways).delete(id);
    return {};
  });
