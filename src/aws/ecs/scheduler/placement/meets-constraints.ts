// Whether an instance meets a task's constraints, whatever it has left and whoever is connected: for tasks that are to be on
// every such instance.
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { PlacementRequest } from './filter.ts';
import { accepts, filters, questionsOf } from './filters.ts';

const constraintFilters = filters.filter(({ isConstraint }) => isConstraint);

/** By its attributes and all queries, those about its tasks and its agent included; the requirements are read once for all. */
export function meetsConstraints(requirements: PlacementRequest): (usage: InstanceUsage) => boolean {
  const questions = questionsOf(requirements, constraintFilters);
  return (usage) => accepts(questions, usage);
}

/** The requirements without the queries that come out another way by the minute, also because the task itself is there. */
export const lastingRequirements = (requirements: PlacementRequest): PlacementRequest => ({
  ...requirements,
  constraints: requirements.constraints.filter((one) => one.type === 'memberOf' && one.isLasting),
});
