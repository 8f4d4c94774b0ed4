import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { alreadyAssociated, invalidParameterValue } from '../../errors.ts';
import { internetGatewayOf, vpcOf } from '../resolve.ts';

/** AttachInternetGateway: the one way out of a VPC. */
export const attachInternetGateway: Ec2Operation<'AttachInternetGateway'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const gateway = internetGatewayOf(tx, call, input.InternetGatewayId);
    const { id: vpcId } = vpcOf(tx, call, input.VpcId);
    if (gateway.vpcId !== undefined)
      throw alreadyAssociated(`resource ${gateway.id} is already attached to network ${gateway.vpcId}`);
    if (tx.table(internetGateways).count('vpc', { vpcId }) > 0)
      throw invalidParameterValue(`Network ${vpcId} already has an internet gateway attached`);
    tx.table(internetGateways).put({ ...gateway, vpcId });
    return {};
  });
