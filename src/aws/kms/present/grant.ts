import { partitionOf } from '../../../lib/partition.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Presented } from '../../shared/presented.ts';
import type { GrantListEntry } from '../shapes.generated.ts';
import type { Grant } from '../state/grant/grant.ts';
import { seconds } from './key.ts';

export const presentGrant = (grant: Grant, { region }: Scope): Presented<GrantListEntry> => ({
  KeyId: grant.keyArn,
  GrantId: grant.id,
  Name: grant.name ?? '',
  CreationDate: seconds(grant.createdAt),
  GranteePrincipal: grant.granteePrincipal,
  RetiringPrincipal: grant.retiringPrincipal,
  IssuingAccount: `arn:${partitionOf(region)}:iam::${grant.accountId}:root`,
  Operations: grant.operations,
  Constraints: grant.constraints,
  GranteeServicePrincipal: grant.granteeServicePrincipal,
  RetiringServicePrincipal: grant.retiringServicePrincipal,
});
