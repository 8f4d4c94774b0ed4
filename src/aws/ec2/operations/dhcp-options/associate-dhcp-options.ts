import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { dhcpOptionsOf, vpcOf } from '../resolve.ts';

/** AssociateDhcpOptions: a VPC gets another set, or none: `default`. */
export const associateDhcpOptions: Ec2Operation<'AssociateDhcpOptions'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const vpc = vpcOf(tx, call, input.VpcId);
    const { DhcpOptionsId: id } = input;
    const dhcpOptionsId = id === 'default' ? id : dhcpOptionsOf(tx, call, id).id;
    tx.table(vpcs).put({ ...vpc, dhcpOptionsId });
    return {};
  });
