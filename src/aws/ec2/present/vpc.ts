import type { Presented } from '../../shared/presented.ts';
import type * as ec2 from '../shapes.generated.ts';
import type { CidrAssociation, Vpc } from '../state/vpc/vpc.ts';
import { presentTags } from './tags.ts';

export const presentVpc = (vpc: Vpc): Presented<ec2.Vpc> => ({
  VpcId: vpc.id,
  OwnerId: vpc.accountId,
  State: 'available',
  CidrBlock: vpc.cidrBlocks[0]!.cidrBlock,
  CidrBlockAssociationSet: vpc.cidrBlocks.map((association) => presentCidrAssociation(association)),
  Ipv6CidrBlockAssociationSet: undefined,
  DhcpOptionsId: vpc.dhcpOptionsId,
  InstanceTenancy: vpc.instanceTenancy,
  IsDefault: vpc.isDefault,
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  EncryptionControl: undefined,
  Tags: presentTags(vpc.tags),
});

export const presentCidrAssociation = (
  { id, cidrBlock }: CidrAssociation,
  state: 'associated' | 'associating' | 'disassociating' = 'associated',
): Presented<ec2.VpcCidrBlockAssociation> => ({
  AssociationId: id,
  CidrBlock: cidrBlock,
  CidrBlockState: { State: state },
});
