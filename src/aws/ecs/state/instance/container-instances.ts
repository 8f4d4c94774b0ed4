// Container instances, by ARN, and what is known of the link to their agents.
import type { AgentSequence, AgentSession, ContainerInstance } from './container-instance.ts';
import { autoScalingGroupOf } from './instance-group.ts';
import { defineTable } from '../../../../store/table.ts';

export const containerInstances = defineTable<ContainerInstance>()({
  name: 'container-instances',
  durable: true,
  key: (instance) => instance.arn,
  indexes: {
    cluster: (instance) => instance.clusterArn,
    clusterStatus: (instance) => `${instance.clusterArn}/${instance.status}`,
    status: (instance) => instance.status,
    /** `<clusterArn>/<name of its Auto Scaling group>/<status>` */
    groupStatus: (instance) => {
      const group = autoScalingGroupOf(instance);
      return group === undefined ? undefined : `${instance.clusterArn}/${group}/${instance.status}`;
    },
    clientToken: (instance) =>
      instance.clientToken === undefined ? undefined : `${instance.clusterArn}/${instance.clientToken}`,
    /** `updating`: its agent is being updated */
    agentUpdate: (instance) => (instance.agentUpdate === undefined ? undefined : 'updating'),
  },
  tallies: {},
});

export const agentSessions = defineTable<AgentSession>()({
  name: 'agent-sessions',
  durable: false,
  key: (session) => session.containerInstanceArn,
  indexes: {},
  tallies: {},
});

export const agentSequences = defineTable<AgentSequence>()({
  name: 'agent-sequences',
  durable: true,
  key: (sequence) => sequence.containerInstanceArn,
  indexes: {},
  tallies: {},
});
