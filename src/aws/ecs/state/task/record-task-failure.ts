// Keeps how a task failed, and forgets the oldest beyond those that are kept.
import { failureCause } from './failure-cause.ts';
import type { FailureEvidence } from '../../../../agent-protocol/failure-evidence.ts';
import {
  failureOwner,
  keptFailuresOfDeployment,
  keptFailuresOfOwner,
  taskFailure,
  withLater,
  type TaskFailure,
} from './task-failure.ts';
import type { Task } from './task.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
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
    for (const earlier of [...table.by('task', { taskArn: after.arn })])
      table.put(withLater(earlier, failed));
    return;
  }
  const ownerArn = failureOwner(failed);
  const newest = table.by('owner', { ownerArn }).next();
  table.put({ ...failed, number: newest.done ? 1 : newest.value.number + 1 });
  if (failed.deploymentId !== undefined)
    keepNewest(tx, { deploymentId: failed.deploymentId }, keptFailuresOfDeployment);
  keepNewest(tx, { ownerArn }, keptFailuresOfOwner);
}

function keepNewest(tx: WriteTransaction, of: FailuresOf, count: number): void {
  const table = tx.table(taskFailures);
  for (const old of Iterator.from(failuresOf(tx, of)).drop(count)) table.delete(taskFailures.key(old));
}

/** Whose failures: those of a service or of a cluster's lone tasks, or of one deployment or task set. */
type FailuresOf = { readonly ownerArn: string } | { readonly deploymentId: string };

const failuresOf = (tx: ReadTransaction, of: FailuresOf): IterableIterator<TaskFailure> =>
  'ownerArn' in of ? tx.table(taskFailures).by('owner', of) : tx.table(taskFailures).by('deployment', of);

/** Forgets all of them. */
export function forgetFailures(tx: WriteTransaction, of: FailuresOf): void {
  const table = tx.table(taskFailures);
  for (const failure of [...failuresOf(tx, of)]) table.delete(taskFailures.key(failure));
}
