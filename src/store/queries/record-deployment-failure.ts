// Keeps how a task of a deployment failed, and forgets the oldest beyond those that are kept.
import {
  deploymentFailure,
  failureCause,
  keptFailuresOfDeployment,
  keptFailuresOfService,
  withLater,
} from '../../model/deployment-failure.ts';
import type { FailureEvidence } from '../../model/failure-evidence.ts';
import type { Task } from '../../model/task.ts';
import type { WriteTransaction } from '../store.ts';
import { deploymentFailures } from '../tables/deployment-failures.ts';

/**
 * For a task that was `before` and is now `after`: one that did not fail, or is of no deployment, leaves nothing. A task may
 * fail before it is STOPPED; what is told of it until then completes its record, unless that is forgotten by now.
 */
export function recordDeploymentFailure(
  tx: WriteTransaction,
  before: Task,
  after: Task,
  evidence: FailureEvidence | undefined,
): void {
  const failed = deploymentFailure(after, evidence);
  if (!failed) return;
  const table = tx.table(deploymentFailures);
  if (failureCause(before) !== undefined) {
    for (const earlier of [...table.by('task', after.arn)]) table.put(withLater(earlier, failed));
    return;
  }
  const newest = table.by('service', failed.serviceArn).next();
  table.put({ ...failed, number: newest.done ? 1 : newest.value.number + 1 });
  keepNewest(tx, 'deployment', failed.deploymentId, keptFailuresOfDeployment);
  keepNewest(tx, 'service', failed.serviceArn, keptFailuresOfService);
}

function keepNewest(tx: WriteTransaction, of: 'deployment' | 'service', value: string, count: number): void {
  const table = tx.table(deploymentFailures);
  if (table.count(of, value) <= count) return;
  for (const old of Iterator.from(table.by(of, value)).drop(count)) table.delete(deploymentFailures.key(old));
}

/** Forgets all failures of a service, or of one deployment or task set. */
export function forgetFailures(tx: WriteTransaction, of: 'deployment' | 'service', value: string): void {
  const table = tx.table(deploymentFailures);
  for (const failure of [...table.by(of, value)]) table.delete(deploymentFailures.key(failure));
}
