// Puts a report into a task's row, and what follows from it into others: image digests, and how it failed.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { FailureEvidence } from '../../../../agent-protocol/failure-evidence.ts';
import { applyTaskReport, type TaskReport } from '../../state/task/task-lifecycle.ts';
import { recordTaskFailure } from '../../state/task/record-task-failure.ts';
import { recordImageDigests } from '../../state/service/deployment/record-image-digests.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { invalidParameter } from '../../errors.ts';
import { taskIn } from '../resolve/member.ts';

/** What an agent says of the task, and what it knows of how it failed. */
export interface AgentReport {
  readonly report: TaskReport;
  readonly evidence?: FailureEvidence | undefined;
}

/** Applies the report to the task; one that says nothing new writes nothing. Throws InvalidParameterException for an unknown task, which tells the agent to drop it. */
export function recordReport(
  tx: WriteTransaction,
  cluster: Cluster,
  reference: string,
  { report, evidence }: AgentReport,
  now: number,
): void {
  const task = taskIn(tx, cluster, reference);
  // What no agent was given, no agent can report.
  if (task?.containerInstanceArn === undefined) throw invalidParameter('The referenced task was not found.');
  const next = applyTaskReport(task, report, now);
  if (next === task) return;
  tx.table(tasks).put(next);
  recordImageDigests(tx, next);
  recordTaskFailure(tx, task, next, evidence);
}
