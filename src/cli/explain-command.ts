// `longshore explain`: asks the server why a task finds no place, and prints what it says.
import type { ExplainPlacementOutput } from '../apis/longshore/contract.ts';
import type { ClientFlags } from './client-flags.ts';
import { explainLines } from './explain-text.ts';
import { longshoreClient } from './longshore-client.ts';
import { say } from './output.ts';

const members = { 'task-definition': 'taskDefinition', task: 'task', service: 'service' } as const;

export type ExplainKind = keyof typeof members;

/** `name` may be an ARN. Throws an Error for people. */
export async function explain(kind: ExplainKind, name: string, flags: ClientFlags): Promise<void> {
  const { cluster, call } = longshoreClient(flags);
  const told = await call<ExplainPlacementOutput>('ExplainPlacement', { cluster, [members[kind]]: name });
  if (flags.json) say(JSON.stringify(told, undefined, 2));
  else for (const line of explainLines(told)) say(line);
}
