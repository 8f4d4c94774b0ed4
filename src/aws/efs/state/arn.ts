import { parseArn } from '../../../lib/arn.ts';
import { partitionOf } from '../../../lib/partition.ts';
import type { Scope } from '../../shared/scope.ts';

const prefix = ({ region, accountId }: Scope): string =>
  `arn:${partitionOf(region)}:elasticfilesystem:${region}:${accountId}:`;

export const fileSystemArn = (scope: Scope, id: string): string => `${prefix(scope)}file-system/${id}`;
export const accessPointArn = (scope: Scope, id: string): string => `${prefix(scope)}access-point/${id}`;

/** The id in an ARN of the caller's own account and Region; what is no such ARN is taken as an id. */
export function idOf(scope: Scope, reference: string): string {
  const arn = parseArn(reference);
  const isOurs = arn?.service === 'elasticfilesystem' && arn.region === scope.region;
  return isOurs && arn.accountId === scope.accountId ? arn.resource.replace(/^[a-z-]+\//, '') : reference;
}
