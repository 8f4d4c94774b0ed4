// `longshore replace`: another task of its service in place of this one, started first.
import type { ReplaceTaskOutput } from '../../longshore/contract.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { longshoreClient } from '../client/longshore-client.ts';
import { clusterIn } from '../client/named-service.ts';
import { say, sayJson } from '../terminal/output.ts';
import { lastPart } from '../../lib/arn.ts';

export async function replace(task: string, flags: ClientFlags): Promise<void> {
  const client = longshoreClient(flags);
  const cluster = flags.cluster ?? clusterIn(task) ?? client.cluster;
  const told = await client.call<ReplaceTaskOutput>('ReplaceTask', { cluster, task });
  if (flags.json) return sayJson(told, 2);
  const service = lastPart(told.serviceArn);
  say(`${service} starts another task first, and stops ${lastPart(told.taskArn)} once that one is healthy.`);
  const where = cluster === 'default' ? '' : ` --cluster ${cluster}`;
  say(`Follow it with: longshore ps --service ${service}${where}`);
}
