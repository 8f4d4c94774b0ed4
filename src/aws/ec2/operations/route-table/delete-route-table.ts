import { routeTables } from '../../state/route-table/route-table.ts';
import { vpcEndpoints } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { hasDependencies } from '../../errors.ts';
import { routeTableOf } from '../resolve.ts';

/** DeleteRouteTable: a table that no subnet has, and that is not its VPC's main one. */
export const deleteRouteTable: Ec2Operation<'DeleteRouteTable'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { id, mainAssociationId, associations } = routeTableOf(tx, call, input.RouteTableId);
    if (mainAssociationId !== undefined || associations.length > 0) throw hasDependencies('routeTable', id);
    for (const endpoint of [...tx.table(vpcEndpoints).by('routeTable', { routeTableId: id })]) {
      const routeTableIds = endpoint.routeTableIds.filter((one) => one !== id);
      tx.table(vpcEndpoints).put({ ...endpoint, routeTableIds });
    }
    tx.table(routeTables).delete(id);
    return {};
  });
