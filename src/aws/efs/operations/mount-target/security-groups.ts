// The security groups of a mount target: of its VPC, one to five.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Efs } from '../../efs.ts';
import { securityGroupLimit, securityGroupNotFound } from '../../errors.ts';

const max = 5;

/** Those that are given, or the VPC's own; throws where one is not there, or there are too many. */
export function checkedGroups(
  { networks }: Efs,
  tx: ReadTransaction,
  scope: Scope,
  vpcId: string,
  given: readonly string[] = [],
): readonly string[] {
  if (given.length > max) throw securityGroupLimit(max);
  const missing = given.find((id) => !networks.hasSecurityGroup(tx, scope, vpcId, id));
  if (missing !== undefined) throw securityGroupNotFound(missing);
  return given.length > 0 ? given : [networks.defaultSecurityGroup(tx, scope, vpcId)];
}
