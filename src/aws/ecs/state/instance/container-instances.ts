// Container instances, by ARN, and what is known of the link to their agents.
import type { AgentSequence, AgentSession, ContainerInstance } from './container-instance.ts';
import { autoScalingGroupOf } from './instance-group.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

const on = indexOn<ContainerInstance>();

export const containerInstances = defineTable<ContainerInstance>()({
  name: 'container-instances',
  durable: true,
  key: (instance) => instance.arn,
  indexes: {
    cluster: on('clusterArn'),
    clusterStatus: on('clusterArn', 'status'),
    status: on('status'),
    /** By the name of its Auto Scaling group. */
    groupStatus: on.each(['clusterArn', 'group', 'status'], (instance) => {
      const group = autoScalingGroupOf(instance);
      return group === undefined ? [] : [{ clusterArn: instance.clusterArn, group, status: instance.status }];
    }),
    clientToken: on('clusterArn', 'clientToken'),
    /** Those whose agent is being updated. */
    agentUpdate: on().where((instance) => instance.agentUpdate !== undefined),
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
