import type { AgentSession } from './container-instance.ts';
import type { Task } from '../task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSessions } from './container-instances.ts';

/** Undefined where the agent is not connected, and for a task that no agent has. */
export const taskSession = (
  tx: ReadTransaction,
  { containerInstanceArn }: Pick<Task, 'containerInstanceArn'>,
): AgentSession | undefined =>
  containerInstanceArn === undefined ? undefined : tx.table(agentSessions).get(containerInstanceArn);
