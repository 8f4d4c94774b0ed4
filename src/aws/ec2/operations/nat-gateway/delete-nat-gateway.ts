import { natGateways } from '../../state/nat-gateway/nat-gateway.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { natGatewayOf } from '../resolve.ts';

/** DeleteNatGateway: it is DELETING until its controller has taken it down; deleting it again changes nothing. */
export const deleteNatGateway: Ec2Operation<'DeleteNatGateway'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const gateway = natGatewayOf(tx, call, input.NatGatewayId);
    if (gateway.state === 'pending' || gateway.state === 'available')
      tx.table(natGateways).put({ ...gateway, state: 'deleting', since: call.now });
    if (gateway.state === 'failed')
      tx.table(natGateways).put({ ...gateway, state: 'deleted', since: call.now, deletedAt: call.now });
    return { NatGatewayId: gateway.id };
  });
