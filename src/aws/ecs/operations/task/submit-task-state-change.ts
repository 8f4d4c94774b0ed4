// SubmitTaskStateChange: an agent's report of a task; the only way in which lastStatus moves.
import type { SubmitTaskStateChangeRequest } from '../../shapes.generated.ts';
import type { TaskReport } from '../../state/task/task-lifecycle.ts';
import type { TaskStatus } from '../../state/task/task.ts';
import type { EcsOperation } from '../../ecs.ts';
import { attachmentNotFound, invalidParameter } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { failureEvidence } from './agent-members.ts';
import { containerReport } from './container-report.ts';
import { recordReport } from './record-report.ts';

const reportable: readonly TaskStatus[] = ['PENDING', 'RUNNING', 'STOPPED'];

export const submitTaskStateChange: EcsOperation<'SubmitTaskStateChange'> = (ecs, input, call) => {
  if (input.attachments?.[0]) throw attachmentNotFound(input.attachments[0].attachmentArn);
  const report = taskReport(input);
  const evidence = failureEvidence(input);
  return ecs.store.update((tx) => {
    recordReport(
      tx,
      activeCluster(tx, call, input.cluster),
      input.task ?? '',
      { report, evidence },
      call.now,
    );
    return { acknowledgment: 'ACK' };
  });
};

function taskReport(input: SubmitTaskStateChangeRequest): TaskReport {
  const status = reportable.find((one) => one === input.status);
  if (input.status && !status) throw invalidParameter(`status should be one of [${reportable.join(', ')}]`);
  return {
    status,
    reason: input.reason?.slice(0, 1024),
    endedByHost: input.longshoreEndedByHost,
    containers: (input.containers ?? []).map(containerReport),
    pullStartedAt: milliseconds(input.pullStartedAt),
    pullStoppedAt: milliseconds(input.pullStoppedAt),
    executionStoppedAt: milliseconds(input.executionStoppedAt),
  };
}

const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1000);
