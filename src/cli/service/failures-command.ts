// `longshore failures`: the tasks of a service's deployments that failed, with all that is kept of them.
import type {
  DescribeDeploymentFailuresOutput,
  ShownDeploymentFailure,
} from '../../apis/longshore/failure-contract.ts';
import type { FailedTask } from '../../apis/longshore/service/contract.ts';
import { lastPart } from '../../model/arn.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { failedTaskLines } from '../rollout/failed-task-text.ts';
import { namedService } from '../client/named-service.ts';
import { say, sayJson } from '../terminal/output.ts';

/** The newest first. */
export async function failures(
  service: string,
  flags: ClientFlags & { readonly deployment?: string; readonly limit?: number },
): Promise<void> {
  const { client, cluster, name } = namedService(service, flags);
  const told = await client.call<DescribeDeploymentFailuresOutput>('DescribeDeploymentFailures', {
    cluster,
    service: name,
    deployment: flags.deployment,
    maxResults: flags.limit,
  });
  if (flags.json) return sayJson(told, 2);
  if (told.failures.length === 0) return say(`No task of ${name} has failed.`);
  const of = told.failures.length < told.total ? `, ${told.failures.length} of ${told.total}` : '';
  say(`Failed tasks, the latest first${of}:`);
  for (const line of told.failures.flatMap((failure) => failedTaskLines(asFailedTask(failure), true)))
    say(line);
}

const asFailedTask = ({ taskDefinitionArn, ...failure }: ShownDeploymentFailure): FailedTask =>
  ({
    ...failure,
    taskDefinition: lastPart(taskDefinitionArn),
    stopCode: failure.stopCode ?? '',
    stoppedReason: failure.stoppedReason ?? '',
  }) as FailedTask;
