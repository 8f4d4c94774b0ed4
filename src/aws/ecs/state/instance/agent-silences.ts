// The container instances whose agents are silent, by ARN. Of this process only.
import type { AgentSilence } from './agent-silence.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

export const agentSilences = defineTable<AgentSilence>()({
  name: 'agent-silences',
  durable: false,
  key: (silence) => silence.containerInstanceArn,
  indexes: { cluster: indexOn<AgentSilence>()('clusterArn') },
  tallies: {},
});
