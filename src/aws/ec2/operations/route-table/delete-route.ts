import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue, routeNotFound } from '../../errors.ts';
import { routeTableOf } from '../resolve.ts';
import { destinationOf, isLocal } from './route.ts';

/** DeleteRoute: one of the user's own. */
export const deleteRoute: Ec2Operation<'DeleteRoute'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const table = routeTableOf(tx, call, input.RouteTableId);
    const destination = destinationOf(call, input);
    if (isLocal(tx, table, destination))
      throw invalidParameterValue(`cannot remove local route ${destination} in route table ${table.id}`);
    const routes = table.routes.filter((route) => route.destination !== destination);
    if (routes.length === table.routes.length) throw routeNotFound(destination, table.id);
    tx.table(routeTables).put({ ...table, routes });
    return {};
  });
