import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { routeNotFound, unsupported } from '../../errors.ts';
import { routeTableOf } from '../resolve.ts';
import { destinationOf, targetOf } from './route.ts';

/** ReplaceRoute: the same destination, by another way. */
export const replaceRoute: Ec2Operation<'ReplaceRoute'> = (ec2, input, call) => {
  if (input.LocalTarget === true) throw unsupported('routes whose target is replaced by the local one');
  return ec2.store.update((tx) => {
    const table = routeTableOf(tx, call, input.RouteTableId);
    const destination = destinationOf(call, input);
    const target = targetOf(tx, call, table, input);
    if (!table.routes.some((route) => route.destination === destination))
      throw routeNotFound(destination, table.id);
    const routes = table.routes.map((route) =>
      route.destination === destination ? { destination, target } : route,
    );
    tx.table(routeTables).put({ ...table, routes });
    return {};
  });
};
