// AssociateVpcCidrBlock: more addresses for a VPC, none of which it has.
import { cidrText, overlaps, parseCidr } from '../../state/cidr.ts';
import { newId } from '../../state/resource.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { missingParameter, vpcCidrLimit, vpcConflict } from '../../errors.ts';
import { presentCidrAssociation } from '../../present/vpc.ts';
import { vpcOf } from '../resolve.ts';
import { vpcCidr } from './create-vpc.ts';
import { refuseOtherAddresses } from './other-addresses.ts';

const maxCidrBlocks = 5;

export const associateVpcCidrBlock: Ec2Operation<'AssociateVpcCidrBlock'> = (ec2, input, call) => {
  refuseOtherAddresses(input);
  if (input.CidrBlock === undefined) throw missingParameter('cidrBlock');
  const cidr = vpcCidr(input.CidrBlock);
  return ec2.store.update((tx) => {
    const vpc = vpcOf(tx, call, input.VpcId);
    if (vpc.cidrBlocks.some(({ cidrBlock }) => overlaps(parseCidr(cidrBlock)!, cidr)))
      throw vpcConflict(cidrText(cidr));
    if (vpc.cidrBlocks.length >= maxCidrBlocks) throw vpcCidrLimit();
    const association = { id: newId(ec2.random, 'vpc-cidr-assoc'), cidrBlock: cidrText(cidr) };
    tx.table(vpcs).put({ ...vpc, cidrBlocks: [...vpc.cidrBlocks, association] });
    return { VpcId: vpc.id, CidrBlockAssociation: presentCidrAssociation(association, 'associating') };
  });
};
