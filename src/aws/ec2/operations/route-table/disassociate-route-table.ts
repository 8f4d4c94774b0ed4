import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { invalidParameterValue } from '../../errors.ts';
import { associatedRouteTable } from '../resolve.ts';

/** DisassociateRouteTable: the subnet goes by its VPC's main table again. */
export const disassociateRouteTable: Ec2Operation<'DisassociateRouteTable'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const id = input.AssociationId;
    const table = associatedRouteTable(tx, call, id);
    if (table.mainAssociationId === id)
      throw invalidParameterValue(`cannot disassociate the main route table association ${id}`);
    const associations = table.associations.filter((association) => association.id !== id);
    tx.table(routeTables).put({ ...table, associations });
    return {};
  });
