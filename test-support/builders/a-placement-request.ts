// What placement works with, for tests: a whole request and a whole usage, of which a test names only what it is about; and what
// one filter says to them.
import type { InstanceUsage } from '../../src/aws/ecs/state/instance/instance-usage.ts';
import { noResources, type TaskResources } from '../../src/agent-protocol/resources.ts';
import type { PlacementRequest, Filter } from '../../src/aws/ecs/scheduler/placement/filter.ts';
import { firstRejection, questionsOf } from '../../src/aws/ecs/scheduler/placement/filters.ts';
import type { Rejection } from '../../src/aws/ecs/state/placement-attempt/rejection.ts';
import { aContainerInstance } from './a-container-instance.ts';

/** Asks for 100 CPU units and 128 MiB and for no GPU, unless `resources` says otherwise. */
export const aPlacementRequest = (
  resources: Partial<TaskResources> = {},
  fields: Partial<Omit<PlacementRequest, 'resources'>> = {},
): PlacementRequest => ({
  resources: { ...noResources, cpu: 100, memory: 128, ...resources },
  requiresAttributes: [],
  launchType: 'EC2',
  group: 'family:web',
  constraints: [],
  strategies: [],
  ...fields,
});

/** An empty instance with its agent connected. */
export const aUsage = (fields: Partial<InstanceUsage> = {}): InstanceUsage => ({
  instance: aContainerInstance(),
  agentConnected: true,
  engineAnswers: true,
  taken: noResources,
  runningTasksCount: 0,
  pendingTasksCount: 0,
  taskGroups: () => new Map(),
  ...fields,
});

/** Why that filter alone refuses the instance; undefined where it does not, or is asked nothing. */
export function rejectionBy(
  filter: Filter,
  requirements: PlacementRequest,
  usage: InstanceUsage,
): Rejection | undefined {
  const verdict = firstRejection(questionsOf(requirements, [filter]), usage);
  if (!verdict) return undefined;
  const { instance: _instance, ...rejection } = verdict;
  return rejection;
}
