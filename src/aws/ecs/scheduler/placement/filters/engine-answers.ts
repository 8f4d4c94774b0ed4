// A task is only handed to an agent whose container engine is there, as far as the agent has said.
import type { Filter } from '../filter.ts';

export const engineAnswers: Filter = {
  name: 'engineAnswers',
  accepts: (_ask, load) => load.engineAnswers,
  reject: (_ask, load) => (load.engineAnswers ? undefined : { filter: 'engineAnswers', reason: 'AGENT' }),
};
