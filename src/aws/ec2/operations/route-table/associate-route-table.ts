import { newId } from '../../state/resource.ts';
import { routeTables } from '../../state/route-table/route-table.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { alreadyAssociated, invalidParameterValue, missingParameter, unsupported } from '../../errors.ts';
import { routeTableOf, subnetOf } from '../resolve.ts';

/** AssociateRouteTable: a subnet that has none of its own gets a route table of its VPC. */
export const associateRouteTable: Ec2Operation<'AssociateRouteTable'> = (ec2, input, call) => {
  if (input.GatewayId !== undefined || input.PublicIpv4Pool !== undefined)
    throw unsupported('route tables of gateways');
  const { SubnetId: subnetId } = input;
  if (subnetId === undefined) throw missingParameter('subnetId');
  return ec2.store.update((tx) => {
    const table = routeTableOf(tx, call, input.RouteTableId);
    if (subnetOf(tx, call, subnetId).vpcId !== table.vpcId)
      throw invalidParameterValue(
        `route table ${table.id} and subnet ${subnetId} belong to different networks`,
      );
    const [other] = tx.table(routeTables).by('subnet', { subnetId });
    const same = other?.id === table.id && table.associations.find((one) => one.subnetId === subnetId);
    if (other !== undefined && !same)
      throw alreadyAssociated(
        `the specified association for route table ${table.id} conflicts with an existing association`,
      );
    const association = same || { id: newId(ec2.random, 'rtbassoc'), subnetId };
    if (!same) tx.table(routeTables).put({ ...table, associations: [...table.associations, association] });
    return { AssociationId: association.id, AssociationState: { State: 'associated' } };
  });
};
