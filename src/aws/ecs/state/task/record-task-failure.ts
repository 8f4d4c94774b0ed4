// Keeps how a task failed, and forgets the oldest beyond those that are kept.
import { failureCause } from './failure-cause.ts';
import type { FailureEvidence } from '../../../../agent-protocol/failure-evidence.ts';
import {
  failureOwner,
  keptFailuresOfDeployment,
  keptFailuresOfOwner,
  taskFailure,
  withLater,
} from './task-failure.ts';
import type { Task } from './task.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { taskFailures } from './task-failures.ts';

/**
 * For a task that was `before` and is now `after`; one that did not fail leaves nothing. A task may fail before it is STOPPED:
 * what is told of it until then completes its record, unless that is forgotten by now.
 */
export function recordTaskFailure(
  tx: WriteTransaction,
  before: Task,
  after: Task,
  evidence: FailureEvidence | undefined,
): void {
  const failed = taskFailure(after, evidence);
  if (!failed) return;
  const table = tx.table(taskFailures);
  if (failureCause(before) !== undefined) {
    for (const earlier of [...table.by('task', after.arn)]) table.put(withLater(earlier, failed));
    return;
  }
  const owner = failureOwner(failed);
  const newest = table.by('owner', owner).next();
  table.put({ ...failed, number: newest.done ? 1 : newest.value.number + 1 });
  if (failed.deploymentId !== undefined)
    keepNewest(tx, 'deployment', failed.deploymentId, keptFailuresOfDeployment);
  keepNewest(tx, 'owner', owner, keptFailuresOfOwner);
}

function keepNewest(tx: WriteTransaction, of: 'deployment' | 'owner', value: string, count: number): void {
  const table = tx.table(taskFailures);
  if (table.count(of, value) <= count) return;
  for (const old of Iterator.from(table.by(of, value)).drop(count)) table.delete(taskFailures.key(old));
}

/** Forgets all failures of a service or of a cluster's lone tasks, or of one deployment or task set. */
export function forgetFailures(tx: WriteTransaction, of: 'deployment' | 'owner', value: string): void {
  const table = tx.table(taskFailures);
  for (const failure of [...table.by(of, value)]) table.delete(taskFailures.key(failure));
}
