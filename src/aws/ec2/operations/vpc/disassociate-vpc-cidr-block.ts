// DisassociateVpcCidrBlock: a VPC gives up addresses that no subnet has; its first ones stay.
import { contains, parseCidr } from '../../state/cidr.ts';
import { subnets } from '../../state/subnet/subnet.ts';
import { vpcs } from '../../state/vpc/vpc.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { cidrInUse, notFound } from '../../errors.ts';
import { presentCidrAssociation } from '../../present/vpc.ts';

export const disassociateVpcCidrBlock: Ec2Operation<'DisassociateVpcCidrBlock'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    const id = input.AssociationId;
    const vpc = [...tx.table(vpcs).by('scope', call)].find(({ cidrBlocks }) =>
      cidrBlocks.some((association) => association.id === id),
    );
    if (vpc === undefined) throw notFound('vpc-cidr-assoc', id);
    const association = vpc.cidrBlocks.find((one) => one.id === id)!;
    const cidr = parseCidr(association.cidrBlock)!;
    const used = [...tx.table(subnets).by('vpc', { vpcId: vpc.id })].some(({ cidrBlock }) =>
      contains(cidr, parseCidr(cidrBlock)!),
    );
    if (used || association === vpc.cidrBlocks[0]) throw cidrInUse(association.cidrBlock);
    tx.table(vpcs).put({ ...vpc, cidrBlocks: vpc.cidrBlocks.filter((one) => one.id !== id) });
    return { VpcId: vpc.id, CidrBlockAssociation: presentCidrAssociation(association, 'disassociating') };
  });
