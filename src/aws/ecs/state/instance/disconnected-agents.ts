// The container instances whose agents are disconnected, by ARN. Of this process only.
import type { DisconnectedAgent } from './disconnected-agent.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

export const disconnectedAgents = defineTable<DisconnectedAgent>()({
  name: 'disconnected-agents',
  durable: false,
  key: (disconnection) => disconnection.containerInstanceArn,
  indexes: { cluster: indexOn<DisconnectedAgent>()('clusterArn') },
  tallies: {},
});
