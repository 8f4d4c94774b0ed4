import { newId, scopeOf } from '../../state/resource.ts';
import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentRouteTable } from '../../present/route-table.ts';
import { madeBy, madeEarlier } from '../idempotency.ts';
import { vpcOf } from '../resolve.ts';
import { newTags } from '../tags.ts';

/** CreateRouteTable: a table with the routes within its VPC. */
export const createRouteTable: Ec2Operation<'CreateRouteTable'> = (ec2, input, call) => {
  const tags = newTags(input.TagSpecifications, 'route-table');
  const made = madeBy(input);
  return ec2.store.update((tx) => {
    const vpcId = vpcOf(tx, call, input.VpcId).id;
    const table =
      madeEarlier(made, (clientToken) => tx.table(routeTables).by('clientToken', { ...call, clientToken })) ??
      tx.table(routeTables).put({
        ...scopeOf(call),
        ...made,
        id: newId(ec2.random, 'rtb'),
        vpcId,
        routes: [],
        associations: [],
        tags,
      });
    return { RouteTable: presentRouteTable(tx, table), ClientToken: input.ClientToken };
  });
};
