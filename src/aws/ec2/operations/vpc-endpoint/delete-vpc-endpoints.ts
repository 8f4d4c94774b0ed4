// DeleteVpcEndpoints: their network interfaces and routes go with them; those that are not there are told of.
import type { WriteTransaction } from '../../../../store/store.ts';
import { deleteNetworkInterface } from '../../state/network-interface/create-network-interface.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import { vpcEndpoints, type VpcEndpoint } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { vpcEndpointOf } from '../resolve.ts';
import { unsuccessful } from '../unsuccessful.ts';

export const deleteVpcEndpoints: Ec2Operation<'DeleteVpcEndpoints'> = (ec2, input, call) =>
  ec2.store.update((tx) => ({
    Unsuccessful: unsuccessful(input.VpcEndpointIds, (id) => remove(tx, vpcEndpointOf(tx, call, id))),
  }));

function remove(tx: WriteTransaction, { id, networkInterfaceIds }: VpcEndpoint): void {
  for (const one of networkInterfaceIds) {
    const row = tx.table(networkInterfaces).get(one);
    if (row !== undefined) deleteNetworkInterface(tx, row);
  }
  tx.table(vpcEndpoints).delete(id);
}
