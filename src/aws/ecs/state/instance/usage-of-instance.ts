// Joins an instance with its live session and the total of its tasks.
import type { ContainerInstance } from './container-instance.ts';
import { isEngineAway } from './instance-health.ts';
import type { InstanceUsage } from './instance-usage.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSessions } from './container-instances.ts';
import { instanceHealth } from './instance-health-table.ts';
import { tasks } from '../task/tasks.ts';

/** The instance's usage now; constant time. */
export function instanceUsage(tx: ReadTransaction, instance: ContainerInstance): InstanceUsage {
  const usage = tx.table(tasks).tally('usage', { containerInstanceArn: instance.arn });
  return {
    instance,
    agentConnected: tx.table(agentSessions).get(instance.arn) !== undefined,
    engineAnswers: !isEngineAway(tx.table(instanceHealth).get(instance.arn)),
    taken: usage.taken,
    runningTasksCount: usage.running,
    pendingTasksCount: usage.pending,
    taskGroups: () => taskGroups(tx, instance),
  };
}

/** How many tasks of each group are on the instance and not STOPPED. */
export function taskGroups(tx: ReadTransaction, { arn }: ContainerInstance): ReadonlyMap<string, number> {
  const groups = new Map<string, number>();
  for (const { group } of tx.table(tasks).by('instanceLive', { containerInstanceArn: arn }))
    groups.set(group, (groups.get(group) ?? 0) + 1);
  return groups;
}
