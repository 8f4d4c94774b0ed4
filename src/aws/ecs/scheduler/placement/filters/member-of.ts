// memberOf: the instance must match every cluster query that was asked.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { InstanceFacts } from '../expression/evaluate.ts';
import type { Ask, Filter } from '../filter.ts';

/** The first query that the instance does not match; undefined when it matches all. */
function unmatched(ask: Ask, load: InstanceLoad): string | undefined {
  for (const constraint of ask.constraints) {
    if (constraint.type === 'memberOf' && !constraint.matches(factsOf(load))) return constraint.expression;
  }
  return undefined;
}

export const memberOf: Filter = {
  name: 'memberOf',
  accepts: (ask, load) => unmatched(ask, load) === undefined,
  reject(ask, load) {
    const expression = unmatched(ask, load);
    if (expression === undefined) return undefined;
    return { filter: 'memberOf', reason: 'MemberOf placement constraint unsatisfied.', expression };
  },
};

/** What a query can ask of a load. */
export const factsOf = (load: InstanceLoad): InstanceFacts => ({
  attributes: load.instance.attributes,
  agentConnected: load.agentConnected,
  agentVersion: load.instance.versionInfo.agentVersion,
  ec2InstanceId: load.instance.ec2InstanceId,
  registeredAt: load.instance.registeredAt,
  runningTasksCount: load.runningTasksCount,
  get taskGroups() {
    return [...load.taskGroups().keys()];
  },
});
