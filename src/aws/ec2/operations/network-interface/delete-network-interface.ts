import { deleteNetworkInterface as deleteRow } from '../../state/network-interface/create-network-interface.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue } from '../../errors.ts';
import { networkInterfaceOf } from '../resolve.ts';

/** DeleteNetworkInterface: one that nothing has. */
export const deleteNetworkInterface: Ec2Operation<'DeleteNetworkInterface'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const row = networkInterfaceOf(tx, call, input.NetworkInterfaceId);
    if (row.attachment !== undefined)
      throw invalidParameterValue(`Network interface '${row.id}' is currently in use.`);
    deleteRow(tx, row);
    return {};
  });
