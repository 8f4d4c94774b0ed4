// What every resource inside a cluster shares when it is named: an ARN must be of this caller's place and this cluster.
import { parseEcsArn, type EcsArn } from '../../state/arn.ts';
import type { Scope } from '../../../shared/scope.ts';
import { invalidParameter } from '../../errors.ts';

const invalidIdentifier = (why: string): Error => invalidParameter(`Invalid identifier: ${why}`);

/** A cluster as identifiers see it. */
export interface Place extends Scope {
  readonly name: string;
}

/**
 * What `reference` says behind `<type>/<cluster>/`, or as it is when it is no ARN; in the old ARN form there is no
 * cluster. `parts` is how many parts, by slash, that has. Throws InvalidParameterException for an ARN that is malformed,
 * or of another type, account, region or cluster.
 */
export function nameInCluster(place: Place, reference: string, type: string, parts = 1): string {
  if (!reference.startsWith('arn:')) return reference;
  const arn = parseEcsArn(reference);
  if (!arn) throw invalidIdentifier(`${reference} is not an ARN of Amazon ECS.`);
  if (arn.type !== type) throw invalidIdentifier(`Identifier is for ${arn.type}. Expected ${type}`);
  const separators = slashesIn(arn.path);
  if (separators < parts - 1 || separators > parts)
    throw invalidIdentifier('Unexpected number of separators');
  refuseElsewhere(place, arn);
  if (separators === parts - 1) return arn.path;
  const end = arn.path.indexOf('/');
  const cluster = arn.path.slice(0, end);
  if (cluster !== place.name)
    throw invalidIdentifier(`Identifier is for cluster ${cluster}. Your cluster is ${place.name}`);
  return arn.path.slice(end + 1);
}

function slashesIn(path: string): number {
  let count = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) count += 1;
  return count;
}

/** Throws InvalidParameterException when the ARN is of another account or region than the caller's. */
export function refuseElsewhere(scope: Scope, arn: EcsArn): void {
  if (arn.accountId !== scope.accountId)
    throw invalidIdentifier(`Identifier is for ${arn.accountId}. Your accountId is ${scope.accountId}`);
  if (arn.region !== scope.region)
    throw invalidIdentifier(`Identifier is for ${arn.region}. Your region is ${scope.region}`);
}
