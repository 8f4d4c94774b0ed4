// A task is only handed to an agent that is there.
import type { Filter } from '../filter.ts';

export const agentConnected: Filter = {
  name: 'agentConnected',
  accepts: (_ask, load) => load.agentConnected,
  reject: (_ask, load) => (load.agentConnected ? undefined : { filter: 'agentConnected', reason: 'AGENT' }),
};
