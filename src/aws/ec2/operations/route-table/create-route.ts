import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { routeExists } from '../../errors.ts';
import { routeTableOf } from '../resolve.ts';
import { destinationOf, isLocal, targetOf } from './route.ts';

/** CreateRoute: a destination that the table has no route to. The same route again is no error. */
export const createRoute: Ec2Operation<'CreateRoute'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const table = routeTableOf(tx, call, input.RouteTableId);
    const destination = destinationOf(call, input);
    const target = targetOf(tx, call, table, input);
    const known = table.routes.find((route) => route.destination === destination);
    if (isLocal(tx, table, destination) || (known !== undefined && known.target.id !== target.id))
      throw routeExists(destination);
    if (known === undefined)
      tx.table(routeTables).put({ ...table, routes: [...table.routes, { destination, target }] });
    return { Return: true };
  });
