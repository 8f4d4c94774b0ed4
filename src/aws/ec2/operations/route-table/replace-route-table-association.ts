// ReplaceRouteTableAssociation: a subnet gets another table at once; by the main association, the VPC another main table.
import { newId } from '../../state/resource.ts';
import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue } from '../../errors.ts';
import { associatedRouteTable, routeTableOf } from '../resolve.ts';

export const replaceRouteTableAssociation: Ec2Operation<'ReplaceRouteTableAssociation'> = (
  ec2,
  input,
  call,
) =>
  ec2.store.update((tx) => {
    const { AssociationId: before } = input;
    const from = associatedRouteTable(tx, call, before);
    const to = routeTableOf(tx, call, input.RouteTableId);
    if (from.vpcId !== to.vpcId)
      throw invalidParameterValue(`route tables ${from.id} and ${to.id} belong to different networks`);
    const id = newId(ec2.random, 'rtbassoc');
    const moved = from.associations.find((association) => association.id === before);
    tx.table(routeTables).put({
      ...from,
      ...(moved === undefined && { mainAssociationId: undefined }),
      associations: from.associations.filter((association) => association !== moved),
    });
    const target = routeTableOf(tx, call, to.id);
    tx.table(routeTables).put(
      moved === undefined
        ? { ...target, mainAssociationId: id }
        : { ...target, associations: [...target.associations, { ...moved, id }] },
    );
    return { NewAssociationId: id, AssociationState: { State: 'associated' } };
  });
