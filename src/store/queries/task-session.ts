// The session of the agent that has a task.
import type { AgentSession } from '../../model/container-instance.ts';
import type { Task } from '../../model/task.ts';
import type { ReadTransaction } from '../store.ts';
import { agentSessions } from '../tables/container-instances.ts';

/** Undefined where the agent is not connected, and for a task that no agent has. */
export const taskSession = (
  tx: ReadTransaction,
  { containerInstanceArn }: Pick<Task, 'containerInstanceArn'>,
): AgentSession | undefined =>
  containerInstanceArn === undefined ? undefined : tx.table(agentSessions).get(containerInstanceArn);
