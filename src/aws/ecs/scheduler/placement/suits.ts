// Whether an instance is what a task asks for, whatever it has left and whoever is connected: for tasks that are to be on
// every such instance.
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Ask } from './filter.ts';
import { accepts, filters, questionsOf } from './filters.ts';

const suitabilities = filters.filter(({ isSuitability }) => isSuitability);

/** By its attributes and all queries, those about its tasks and its agent included; the ask is read once for all. */
export function suits(ask: Ask): (load: InstanceLoad) => boolean {
  const questions = questionsOf(ask, suitabilities);
  return (load) => accepts(questions, load);
}

/** The ask without the queries that come out another way by the minute, also because the task itself is there. */
export const lastingPart = (ask: Ask): Ask => ({
  ...ask,
  constraints: ask.constraints.filter((one) => one.type === 'memberOf' && one.lasting),
});
