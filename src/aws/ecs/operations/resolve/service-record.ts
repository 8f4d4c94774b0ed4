// Service deployments and revisions are known by their full ARNs only.
import { parseEcsArn } from '../../state/arn.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import type { ServiceRevision } from '../../state/service/deployment/service-revision.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { serviceRevisions } from '../../state/service/deployment/service-revisions.ts';
import { invalidParameter, serviceDeploymentNotFound } from '../../errors.ts';

const maxArns = 20;

/** `arns`, each once; throws InvalidParameterException for none, for more than 20, and for what is no ARN of `type`. */
export function recordArns(
  arns: readonly string[] | undefined,
  type: 'service-deployment' | 'service-revision',
  member: string,
): string[] {
  if (!arns?.length) throw invalidParameter(`${member} cannot be empty.`);
  if (arns.length > maxArns) throw invalidParameter(`${member} can have a maximum of ${maxArns} entries.`);
  for (const arn of arns) refuseOtherType(arn, type);
  return [...new Set(arns)];
}

/** Throws InvalidParameterException unless `arn` is the ARN of a `type`. */
function refuseOtherType(arn: string, type: 'service-deployment' | 'service-revision'): void {
  const parsed = parseEcsArn(arn);
  if (parsed?.type === type && parsed.path.split('/').length === 3) return;
  throw invalidParameter(`Invalid identifier: ${arn}. Give the full ARN of a ${type}.`);
}

const isInScope = (scope: Scope, row: Scope): boolean =>
  row.accountId === scope.accountId && row.region === scope.region;

/** The service deployment of that ARN, if the caller's account and region have it. */
export function findServiceDeployment(
  tx: ReadTransaction,
  scope: Scope,
  arn: string,
): ServiceDeployment | undefined {
  const [found] = tx.table(serviceDeployments).by('arn', { arn });
  return found && isInScope(scope, found) ? found : undefined;
}

/** The service deployment to act on; throws ServiceDeploymentNotFoundException when there is none. */
export function serviceDeploymentOf(tx: ReadTransaction, scope: Scope, arn: string): ServiceDeployment {
  refuseOtherType(arn, 'service-deployment');
  const found = findServiceDeployment(tx, scope, arn);
  if (!found) throw serviceDeploymentNotFound();
  return found;
}

/** The service revision of that ARN, if the caller's account and region have it. */
export function findServiceRevision(
  tx: ReadTransaction,
  scope: Scope,
  arn: string,
): ServiceRevision | undefined {
  const found = tx.table(serviceRevisions).get(arn);
  return found && isInScope(scope, found) ? found : undefined;
}
