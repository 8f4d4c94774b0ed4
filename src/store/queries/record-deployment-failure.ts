// Keeps how a task of a deployment failed, and forgets the oldest beyond those that are kept.
import {
  deploymentFailure,
  keptFailuresOfDeployment,
  keptFailuresOfService,
} from '../../model/deployment-failure.ts';
import type { FailureEvidence } from '../../model/failure-evidence.ts';
import type { Task } from '../../model/task.ts';
import type { WriteTransaction } from '../store.ts';
import { deploymentFailures } from '../tables/deployment-failures.ts';

/** For a task that has just become STOPPED, once; one that did not fail, or is of no deployment, leaves nothing. */
export function recordDeploymentFailure(
  tx: WriteTransaction,
  task: Task,
  evidence: FailureEvidence | undefined,
): void {
  const failure = deploymentFailure(task, evidence);
  if (!failure) return;
  const table = tx.table(deploymentFailures);
  const newest = table.by('service', failure.serviceArn).next();
  table.put({ ...failure, number: newest.done ? 1 : newest.value.number + 1 });
  keepNewest(tx, 'deployment', failure.deploymentId, keptFailuresOfDeployment);
  keepNewest(tx, 'service', failure.serviceArn, keptFailuresOfService);
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
