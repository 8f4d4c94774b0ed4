// What a plan places: its runs, as RunTask would be asked for them, and what services would start of themselves.
import type { Scope } from '../../../model/scope.ts';
import { serviceGroup, type Service } from '../../../model/service.ts';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import { compileConstraints, compileStrategies } from '../../../placement/compile.ts';
import type { PlannedTasks } from '../../../placement/plan.ts';
import { checkConstraints, checkStrategies } from '../../../placement/rules.ts';
import { taskAsk } from '../../../placement/task-ask.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { asInvalidParameter } from '../../as-invalid-parameter.ts';
import type { PlannedRun, PlannedRunInput } from '../contract.ts';
import { invalidParameter } from '../errors.ts';
import { taskDefinitionOf } from '../resolve.ts';
import { serviceAsk, serviceDefinition } from '../subject.ts';

export interface PlannedWork extends PlannedTasks {
  readonly cause: PlannedRun['cause'];
  readonly definition: TaskDefinition;
}

const mostTasksOfRun = 1000;

/** Throws InvalidParameterException for what RunTask refuses, except that a plan may count to 1,000. */
export function plannedRun(tx: ReadTransaction, scope: Scope, given: PlannedRunInput): PlannedWork {
  const { taskDefinition, count = 1, placementConstraints = [], placementStrategy = [] } = given;
  if (count < 1 || count > mostTasksOfRun)
    throw invalidParameter(`count should be between 1 and ${mostTasksOfRun}.`);
  const definition = taskDefinitionOf(tx, scope, taskDefinition);
  const others = definition.placementConstraints.length;
  const { constraints, strategies } = asInvalidParameter(() => ({
    constraints: compileConstraints(checkConstraints(placementConstraints, others)),
    strategies: compileStrategies(checkStrategies(placementStrategy)),
  }));
  const group = given.group ?? `family:${definition.family}`;
  const ask = taskAsk(definition, { launchType: 'EC2', group, overrides: {}, constraints, strategies });
  return { cause: 'run', definition, ask, count };
}

/** `count` more tasks of the service, of what it runs now. */
export function plannedOfService(
  tx: ReadTransaction,
  service: Service,
  count: number,
  cause: 'service' | 'lost',
): PlannedWork {
  const definition = serviceDefinition(tx, service, service);
  return {
    cause,
    definition,
    count,
    ask: { ...serviceAsk(service, definition), group: serviceGroup(service) },
  };
}
