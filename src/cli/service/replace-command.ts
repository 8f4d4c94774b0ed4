// `longshore replace`: another task of its service in place of this one, started first.
import type { ClientFlags } from '../client/client-flags.ts';
import { longshoreClient } from '../client/longshore-client.ts';
import { clusterIn } from '../client/named-service.ts';
import { print, printJson } from '../terminal/output.ts';
import { lastPart } from '../../lib/arn.ts';

export async function replace(task: string, flags: ClientFlags): Promise<void> {
  const client = longshoreClient(flags);
  const cluster = flags.cluster ?? clusterIn(task) ?? client.cluster;
  const answer = await client.call('ReplaceTask', { cluster, task });
  if (flags.json) return printJson(answer, 2);
  const service = lastPart(answer.serviceArn);
  print(
    `${service} starts another task first, and stops ${lastPart(answer.taskArn)} once that one is healthy.`,
  );
  const where = cluster === 'default' ? '' : ` --cluster ${cluster}`;
  print(`Follow it with: longshore ps --service ${service}${where}`);
}
