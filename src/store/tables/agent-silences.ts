// The container instances whose agents are silent, by ARN. Of this process only.
import type { AgentSilence } from '../../model/agent-silence.ts';
import { defineTable } from '../table.ts';

export const agentSilences = defineTable<AgentSilence>()({
  name: 'agent-silences',
  durable: false,
  key: (silence) => silence.containerInstanceArn,
  indexes: { cluster: (silence) => silence.clusterArn },
  tallies: {},
});
