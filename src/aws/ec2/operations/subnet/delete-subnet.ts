// DeleteSubnet: a subnet that no network interface is in. Its route table forgets it.
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import { routeTables } from '../../state/route-table/route-table.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { hasDependencies } from '../../errors.ts';
import { subnetOf } from '../resolve.ts';

export const deleteSubnet: Ec2Operation<'DeleteSubnet'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { id: subnetId } = subnetOf(tx, call, input.SubnetId);
    if (tx.table(networkInterfaces).count('subnet', { subnetId }) > 0)
      throw hasDependencies('subnet', subnetId);
    for (const table of [...tx.table(routeTables).by('subnet', { subnetId })]) {
      const associations = table.associations.filter((one) => one.subnetId !== subnetId);
      tx.table(routeTables).put({ ...table, associations });
    }
    tx.table(subnets).delete(subnetId);
    return {};
  });
