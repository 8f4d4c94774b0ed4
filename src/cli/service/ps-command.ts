// `longshore ps`: the tasks of a cluster or of a service.
import { systemClock } from '../../lib/clock.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { longshoreClient, type LongshoreClient } from '../client/longshore-client.ts';
import { namedService } from '../client/named-service.ts';
import { say, sayJson } from '../terminal/output.ts';
import { psLines, type DescribedInstance, type DescribedTask } from './ps-text.ts';

interface PsFlags extends ClientFlags {
  readonly service?: string;
  readonly all?: boolean;
}

/** What one call describes at most. */
const batch = 100;

/** Tasks that are not STOPPED; with `all` those too, for as long as they are kept. */
export async function ps(flags: PsFlags): Promise<void> {
  const { client, cluster, serviceName } = scopeOf(flags);
  const tasks = (await describeTasks(client, cluster, serviceName)).filter(
    ({ lastStatus }) => flags.all === true || lastStatus !== 'STOPPED',
  );
  if (flags.json) return sayJson({ tasks }, 2);
  const instances = await describeInstances(client, cluster, tasks);
  for (const line of psLines(tasks, instances, flags.all === true, systemClock.now() / 1000)) say(line);
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

async function describeInstances(
  client: LongshoreClient,
  cluster: string,
  tasks: readonly DescribedTask[],
): Promise<DescribedInstance[]> {
  const arns = [...new Set(tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []))];
  const found: DescribedInstance[] = [];
  for (let at = 0; at < arns.length; at += batch) {
    const input = { cluster, containerInstances: arns.slice(at, at + batch) };
    const answer = await client.ecs<{ containerInstances: DescribedInstance[] }>(
      'DescribeContainerInstances',
      input,
    );
    found.push(...answer.containerInstances);
  }
  return found;
}
