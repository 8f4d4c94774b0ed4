// A task is only handed to an agent whose container engine is there, as far as the agent has said.
import type { Filter } from '../filter.ts';
import { onNamed } from '../nearest-instance.ts';

const nothing = {};

export const engineAnswers: Filter<true> = {
  name: 'engineAnswers',
  // ECS has no word of its own for an agent without an engine: either way nothing can be started there.
  reason: 'AGENT',
  needOf: () => true,
  reject: (_need, usage) => (usage.engineAnswers ? undefined : nothing),
  // `available` says so.
  screen: () => undefined,
  detail: () => 'the container engine of the instance does not answer its agent',
  line: (_figures, nearest) => `the container engine does not answer, ${onNamed(nearest)}`,
  suggest: (_figures, { instance }) => [
    {
      kind: 'connect',
      text: `Start the container engine of ${instance}, or find out why it does not answer.`,
    },
  ],
};
