// What a query can ask of an instance and of the tasks on it.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { InstanceFacts } from './evaluate.ts';

export const factsOf = (load: InstanceLoad): InstanceFacts => ({
  attributes: load.instance.attributes,
  agentConnected: load.agentConnected,
  agentVersion: load.instance.versionInfo.agentVersion,
  ec2InstanceId: load.instance.ec2InstanceId,
  registeredAt: load.instance.registeredAt,
  runningTasksCount: load.runningTasksCount,
  get taskGroups() {
    return [...load.taskGroups().keys()];
  },
});
