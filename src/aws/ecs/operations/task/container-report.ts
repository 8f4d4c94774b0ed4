// What an agent says of one container, read from either of the two Submit operations.
import type * as ecs from '../../shapes.generated.ts';
import type { ContainerReport } from '../../state/task/task-lifecycle.ts';
import { invalidParameter } from '../../errors.ts';
import type { ContainerStatus } from '../../../../agent-protocol/container-report.ts';

const statuses: readonly ContainerStatus[] = ['PENDING', 'RUNNING', 'STOPPED'];

/** Throws InvalidParameterException for a status that containers do not have. */
export function containerReport(input: ecs.ContainerStateChange): ContainerReport {
  const status = statuses.find((one) => one === input.status);
  if (input.status && !status)
    throw invalidParameter(`Container status should be one of [${statuses.join(', ')}]`);
  return {
    name: input.containerName ?? '',
    status,
    runtimeId: input.runtimeId?.slice(0, 255),
    imageDigest: input.imageDigest?.slice(0, 255),
    exitCode: input.exitCode,
    reason: input.reason?.slice(0, 1024),
    networkBindings: input.networkBindings,
  };
}
