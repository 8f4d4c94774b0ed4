// `longshore failures`: the tasks of a service's deployments that failed, or those of a cluster that no service ran, with all that is kept of them.
import type { DescribeTaskFailuresOutput, ShownTaskFailure } from '../../longshore/contract.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { failedTaskLines, type ToldTask } from '../rollout/failed-task-text.ts';
import { longshoreClient } from '../client/longshore-client.ts';
import { namedService } from '../client/named-service.ts';
import { print, printJson } from '../terminal/output.ts';
import { UsageError } from '../usage-error.ts';
import { lastPart } from '../../lib/arn.ts';

interface FailuresFlags extends ClientFlags {
  readonly deployment?: string;
  readonly limit?: number;
}

/** The newest first; without `service` those of tasks that no service ran. */
export async function failures(service: string | undefined, flags: FailuresFlags): Promise<void> {
  if (service === undefined) return loneFailures(flags);
  const { client, cluster, name } = namedService(service, flags);
  const answer = await client.call('DescribeDeploymentFailures', {
    cluster,
    service: name,
    deployment: flags.deployment,
    maxResults: flags.limit,
  });
  if (flags.json) return printJson(answer, 2);
  show(answer, `No task of ${name} has failed.`);
}

async function loneFailures(flags: FailuresFlags): Promise<void> {
  if (flags.deployment !== undefined) throw new UsageError('--deployment needs the name of the service too.');
  const { call, cluster } = longshoreClient(flags);
  const input = { cluster, maxResults: flags.limit };
  const answer = await call('DescribeTaskFailures', input);
  if (flags.json) return printJson(answer, 2);
  show(answer, `No standalone task of the cluster ${cluster} has failed.`);
}

function show(
  { failures: found, total }: Pick<DescribeTaskFailuresOutput, 'failures' | 'total'>,
  none: string,
): void {
  if (found.length === 0) return print(none);
  const of = found.length < total ? `, ${found.length} of ${total}` : '';
  print(`Failed tasks, the latest first${of}:`);
  for (const line of found.flatMap((failure) => failedTaskLines(asToldTask(failure), true))) print(line);
}

const asToldTask = ({ taskDefinitionArn, stoppedReason = '', ...failure }: ShownTaskFailure): ToldTask => ({
  ...failure,
  taskDefinition: lastPart(taskDefinitionArn),
  stoppedReason,
});
