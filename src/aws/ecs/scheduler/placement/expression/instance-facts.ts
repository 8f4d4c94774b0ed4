// What a query can ask of an instance and of the tasks on it.
import type { InstanceUsage } from '../../../state/instance/instance-usage.ts';
import type { InstanceFacts } from './evaluate.ts';

export const factsOf = (usage: InstanceUsage): InstanceFacts => ({
  attributes: usage.instance.attributes,
  agentConnected: usage.agentConnected,
  agentVersion: usage.instance.versionInfo.agentVersion,
  ec2InstanceId: usage.instance.ec2InstanceId,
  registeredAt: usage.instance.registeredAt,
  runningTasksCount: usage.runningTasksCount,
  get taskGroups() {
    return [...usage.taskGroups().keys()];
  },
});
