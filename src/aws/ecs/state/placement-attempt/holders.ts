// Who holds what an instance lacks for a task. Asked only of what a failed attempt keeps: it walks the instance's tasks.
import type { ContainerInstance } from '../instance/container-instance.ts';
import type { Rejection } from './rejection.ts';
import type { Task } from '../task/task.ts';
import type { Holder } from './verdict-group.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { tasks } from '../task/tasks.ts';

const mostHolders = 3;

/** The tasks on the instance that stand in the way, the greatest share first; at most three. */
export function holdersOf(
  tx: ReadTransaction,
  { arn }: ContainerInstance,
  rejection: Rejection,
): readonly Holder[] {
  const share = shareIn(rejection);
  if (share === undefined) return [];
  return [...tx.table(tasks).by('instanceLive', arn)]
    .map((task) => ({ task, share: share(task) }))
    .filter((held) => held.share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, mostHolders)
    .map(({ task }) => holderOf(task));
}

/** How much of what is missing a task holds; undefined where no task can be in the way. */
function shareIn(rejection: Rejection): ((task: Task) => number) | undefined {
  switch (rejection.filter) {
    case 'cpu':
      return (task) => task.resources.cpu;
    case 'memory':
      return (task) => task.resources.memory;
    case 'gpus':
      return (task) => task.resources.gpuIds?.length ?? 0;
    case 'ports':
    case 'portsUdp': {
      const { filter, port, reserved } = rejection;
      return reserved ? undefined : (task) => Number(task.resources[filter].includes(port));
    }
    case 'distinctInstance': {
      const { group } = rejection;
      return (task) => Number(task.group === group);
    }
    case 'capacityProvider':
    case 'agentConnected':
    case 'engineAnswers':
    case 'attributes':
    case 'memberOf':
    case 'status':
      return undefined;
  }
}

const holderOf = (task: Task): Holder => ({
  taskArn: task.arn,
  taskDefinition: `${task.family}:${task.revision}`,
  group: task.group,
  cpu: task.resources.cpu,
  memory: task.resources.memory,
  ...(task.resources.gpuIds && { gpus: task.resources.gpuIds.length }),
});
