// Loads of container instances for tests: an empty one, of which a test names only what it is about.
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import type { InstanceUsage } from '../../src/aws/ecs/state/instance/instance-usage.ts';
import { noResources } from '../../src/agent-protocol/resources.ts';
import { aContainerInstance } from './a-container-instance.ts';

/** An empty, connected instance `i1` with 4 cores and 8 GiB. */
export const anInstanceUsage = (
  instance: Partial<ContainerInstance> = {},
  fields: Partial<InstanceUsage> = {},
): InstanceUsage => ({
  instance: aContainerInstance(instance),
  agentConnected: true,
  engineAnswers: true,
  taken: noResources,
  runningTasksCount: 0,
  pendingTasksCount: 0,
  taskGroups: () => new Map(),
  ...fields,
});
