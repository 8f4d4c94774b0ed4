// DeleteVpc: a VPC that nothing is in goes, with the route table, ACL and security group that it came with.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { hasDependencies } from '../../errors.ts';
import { internetGateways } from '../../state/internet-gateway/internet-gateway.ts';
import { networkAcls } from '../../state/network-acl/network-acl.ts';
import { networkInterfaces } from '../../state/network-interface/network-interface.ts';
import { routeTables } from '../../state/route-table/route-table.ts';
import { deleteSecurityGroupRows, isReferenced } from '../../state/security-group/delete-security-group.ts';
import { securityGroups } from '../../state/security-group/security-group.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import { vpcEndpoints } from '../../state/vpc-endpoint/vpc-endpoint.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import { vpcOf } from '../resolve.ts';

export const deleteVpc: Ec2Operation<'DeleteVpc'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const { id: vpcId } = vpcOf(tx, call, input.VpcId);
    if (isUsed(tx, vpcId)) throw hasDependencies('vpc', vpcId);
    deleteWhatCameWithIt(tx, vpcId);
    tx.table(vpcs).delete(vpcId);
    return {};
  });

function isUsed(tx: ReadTransaction, vpcId: string): boolean {
  const isIn = (
    table: typeof subnets | typeof internetGateways | typeof vpcEndpoints | typeof networkInterfaces,
  ) => tx.table(table as typeof subnets).count('vpc', { vpcId }) > 0;
  const groups = [...tx.table(securityGroups).by('vpc', { vpcId })];
  return (
    [subnets, internetGateways, vpcEndpoints, networkInterfaces].some(isIn) ||
    tx.table(routeTables).count('vpc', { vpcId }) > 1 ||
    tx.table(networkAcls).count('vpc', { vpcId }) > 1 ||
    groups.length > 1 ||
    groups.some((group) => isReferenced(tx, group))
  );
}

function deleteWhatCameWithIt(tx: WriteTransaction, vpcId: string): void {
  for (const { id } of [...tx.table(routeTables).by('vpc', { vpcId })]) tx.table(routeTables).delete(id);
  for (const { id } of [...tx.table(networkAcls).by('vpc', { vpcId })]) tx.table(networkAcls).delete(id);
  for (const group of [...tx.table(securityGroups).by('vpc', { vpcId })]) deleteSecurityGroupRows(tx, group);
}
