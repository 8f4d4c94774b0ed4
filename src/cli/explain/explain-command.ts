// `longshore explain`: asks the server why a task finds no place, and prints what it says.
import { systemClock } from '../../lib/clock.ts';
import type { ClientFlags } from '../client/client-flags.ts';
import { explainServiceLines } from '../rollout/explain-service-text.ts';
import { explainLines } from './explain-text.ts';
import { longshoreClient } from '../client/longshore-client.ts';
import { clusterIn, namedService } from '../client/named-service.ts';
import { print, printJson } from '../terminal/output.ts';
import { paint } from '../terminal/paint.ts';

const members = { 'task-definition': 'taskDefinition', task: 'task', service: 'service' } as const;

export type ExplainKind = keyof typeof members;

/** `name` may be an ARN. Throws an Error for people. */
export async function explain(kind: ExplainKind, name: string, flags: ClientFlags): Promise<void> {
  if (kind === 'service') return explainService(name, flags);
  const client = longshoreClient(flags);
  const cluster = flags.cluster ?? clusterIn(name) ?? client.cluster;
  const answer = await client.call('ExplainPlacement', {
    cluster,
    [members[kind]]: name,
  });
  if (flags.json) printJson(answer, 2);
  else for (const line of explainLines(answer)) print(line);
}

/** The service itself, then where its tasks find a place, if it has any to run. */
async function explainService(reference: string, flags: ClientFlags): Promise<void> {
  const { client, cluster, service } = namedService(reference, flags);
  const answer = await client.call('ExplainService', { cluster, service });
  const placement =
    answer.taskDefinition === undefined
      ? undefined
      : await client.call('ExplainPlacement', { cluster, service });
  if (flags.json) return printJson({ ...placement, service: answer }, 2);
  for (const line of explainServiceLines(answer, systemClock.now() / 1000, paint)) print(line);
  if (placement) for (const line of ['', ...explainLines(placement)]) print(line);
}
