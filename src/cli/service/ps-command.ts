// `longshore ps`: the tasks of a cluster or of a service.
import type { DescribeInstanceHostsOutput } from '../../longshore/contract.ts';
import { systemClock } from '../../lib/clock.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { longshoreClient, type LongshoreClient } from '../client/longshore-client.ts';
import { namedService } from '../client/named-service.ts';
import { outputWidth, progress, print, printJson } from '../terminal/output.ts';
import { paint } from '../terminal/paint.ts';
import { hasFailed, psLines, type DescribedTask } from './ps-text.ts';

interface PsFlags extends ClientFlags {
  readonly service?: string;
  readonly all?: boolean;
  readonly wide?: boolean;
}

/** Tasks that are not STOPPED; with `all` those too, for as long as they are kept. */
export async function ps(flags: PsFlags): Promise<void> {
  const { client, cluster, serviceName } = scopeOf(flags);
  const tasks = (await describeTasks(client, cluster, serviceName)).filter(
    ({ lastStatus }) => flags.all === true || lastStatus !== 'STOPPED',
  );
  if (flags.json) return printJson({ tasks }, 2);
  if (tasks.length === 0) return progress(`There are no tasks in the cluster ${cluster}.`);
  const lines = psLines(tasks, {
    hosts: await describeHosts(client, cluster, tasks),
    serverHost: client.host,
    now: systemClock.now() / 1000,
    ended: flags.all === true,
    endedByHost: flags.all === true ? await endedByHost(client, cluster, tasks) : new Set(),
    wide: flags.wide === true,
    width: outputWidth(),
    paint,
  });
  for (const line of lines) print(line);
  if (flags.all === true && hasFailed(tasks))
    progress("'longshore explain task ID' shows what a task wrote last.");
}

function scopeOf(flags: PsFlags): {
  readonly client: LongshoreClient;
  readonly cluster: string;
  readonly serviceName?: string;
} {
  if (flags.service !== undefined) {
    const { client, cluster, service } = namedService(flags.service, flags);
    return { client, cluster, serviceName: service };
  }
  const client = longshoreClient(flags);
  return { client, cluster: client.cluster };
}

/** Those that were told to stop are listed by that, though they may run for a while. */
async function describeTasks(
  client: LongshoreClient,
  cluster: string,
  serviceName: string | undefined,
): Promise<DescribedTask[]> {
  const found: DescribedTask[] = [];
  for (const desiredStatus of ['RUNNING', 'STOPPED']) {
    let nextToken: string | undefined;
    do {
      const page = await client.ecs<{ taskArns: string[]; nextToken?: string }>('ListTasks', {
        cluster,
        serviceName,
        desiredStatus,
        nextToken,
      });
      nextToken = page.nextToken;
      if (page.taskArns.length === 0) continue;
      const input = { cluster, tasks: page.taskArns };
      found.push(...(await client.ecs<{ tasks: DescribedTask[] }>('DescribeTasks', input)).tasks);
    } while (nextToken !== undefined);
  }
  return found;
}

const tasksInCall = 100;

/** ARNs of the stopped tasks that their hosts ended. */
async function endedByHost(
  client: LongshoreClient,
  cluster: string,
  tasks: readonly DescribedTask[],
): Promise<ReadonlySet<string>> {
  const stopped = tasks.flatMap(({ lastStatus, taskArn }) =>
    lastStatus === 'STOPPED' && taskArn !== undefined ? [taskArn] : [],
  );
  const found = new Set<string>();
  for (let at = 0; at < stopped.length; at += tasksInCall) {
    const input = { cluster, tasks: stopped.slice(at, at + tasksInCall) };
    const { ends } = await client.call('DescribeTaskEnds', input);
    for (const { taskArn } of ends) found.add(taskArn);
  }
  return found;
}

/** On which machines the tasks are. */
async function describeHosts(
  client: LongshoreClient,
  cluster: string,
  tasks: readonly DescribedTask[],
): Promise<DescribeInstanceHostsOutput['hosts']> {
  const containerInstances = [
    ...new Set(tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? [])),
  ];
  const input = { cluster, containerInstances };
  return (await client.call('DescribeInstanceHosts', input)).hosts;
}
