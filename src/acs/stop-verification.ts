// Which of the tasks that an agent holds, and that no manifest lists as running, it should really stop.
import type { TaskIdentifier } from '../agent-protocol/messages.ts';
import type { ReadTransaction } from '../store/store.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';

/** What an agent says it holds; only the ARN counts. */
export interface StopCandidate {
  readonly taskArn: string;
}

function shouldRun(tx: ReadTransaction, containerInstanceArn: string, taskArn: string): boolean {
  const task = tx.table(tasks).get(taskArn);
  return (
    task !== undefined &&
    task.containerInstanceArn === containerInstanceArn &&
    task.desiredStatus === 'RUNNING' &&
    task.lastStatus !== 'STOPPED'
  );
}

/** The candidates that are not to run on this instance. None of them ever will be again: stopping is final. */
export const verifiedStops = (
  tx: ReadTransaction,
  instance: { readonly clusterArn: string; readonly containerInstanceArn: string },
  candidates: readonly StopCandidate[],
): readonly TaskIdentifier[] =>
  candidates
    .filter(({ taskArn }) => !shouldRun(tx, instance.containerInstanceArn, taskArn))
    .map(({ taskArn }) => ({ taskArn, taskClusterArn: instance.clusterArn, desiredStatus: 'STOPPED' }));
