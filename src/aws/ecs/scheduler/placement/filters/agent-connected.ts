// A task is only handed to an agent that is there.
import type { Filter } from '../filter.ts';
import { onNamed } from '../nearest-instance.ts';

const nothing = {};

export const agentConnected: Filter<true> = {
  name: 'agentConnected',
  reason: 'AGENT',
  needOf: () => true,
  reject: (_need, usage) => (usage.agentConnected ? undefined : nothing),
  // `available` says so.
  screen: () => undefined,
  detail: () => 'the agent of the instance is not connected',
  line: (_figures, nearest) => `the agent is not connected, ${onNamed(nearest)}`,
  suggest: (_figures, { instance }) => [
    { kind: 'connect', text: `Start the agent of ${instance}, or find out why it does not connect.` },
  ],
};
