// What a plan places: its runs, as RunTask would be asked for them, and what services would start of themselves.
import {
  isBuiltIn,
  type CapacityProviderStrategyItem,
} from '../../aws/ecs/state/capacity/capacity-provider.ts';
import type { Cluster } from '../../aws/ecs/state/cluster/cluster.ts';
import type { Scope } from '../../aws/shared/scope.ts';
import type { Service } from '../../aws/ecs/state/service/service.ts';
import type { TaskDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { unsupportedFeatures } from '../../aws/ecs/state/task-definition/unsupported-features.ts';
import { compileConstraints, compileStrategies } from '../../aws/ecs/scheduler/placement/compile.ts';
import type { PlacementRequest } from '../../aws/ecs/scheduler/placement/filter.ts';
import { providerStrategyToUse } from '../../aws/ecs/scheduler/placement/provider-strategy.ts';
import { checkConstraints, checkStrategies } from '../../aws/ecs/scheduler/placement/rules.ts';
import { serviceRequirements } from '../../aws/ecs/scheduler/placement/service-requirements.ts';
import { taskRequirements } from '../../aws/ecs/scheduler/placement/task-requirements.ts';
import type { StartOrder } from '../../aws/ecs/scheduler/service/plan.ts';
import { countsByProvider, workloadOf, type Uncounted } from '../../aws/ecs/scheduler/service/workload.ts';
import { definitionOf } from '../../aws/ecs/state/task-definition/definition-of.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { asInvalidParameter } from '../../aws/shared/broken-rule.ts';
import type { PlannedRun, PlannedRunInput } from '../contract.ts';
import { invalidParameter, unsupportedFeature } from '../errors.ts';
import { capacityProvidersOf, taskDefinitionOf } from '../resolve.ts';
import { plannedParts, type PlannedPart } from './planned-parts.ts';

export interface PlannedWork {
  readonly cause: PlannedRun['cause'];
  readonly definition: TaskDefinition;
  readonly requirements: PlacementRequest;
  readonly count: number;
  /** The same tasks, by where they may go. */
  readonly parts: readonly PlannedPart[];
}

const maxTasksOfRun = 1000;

/** Throws InvalidParameterException and UnsupportedFeatureException for what RunTask refuses, except that a plan may count to 1,000. */
export function plannedRun(
  tx: ReadTransaction,
  scope: Scope,
  cluster: Cluster,
  input: PlannedRunInput,
): PlannedWork {
  const { taskDefinition, count = 1, placementConstraints = [], placementStrategy = [] } = input;
  if (count < 1 || count > maxTasksOfRun)
    throw invalidParameter(`count should be between 1 and ${maxTasksOfRun}.`);
  const definition = taskDefinitionOf(tx, scope, taskDefinition);
  const strategy = runStrategy(tx, cluster, input);
  refuseUnsupported(strategy, definition);
  const { launchType = 'EC2' } = input;
  if (!definition.compatibilities.includes(launchType))
    throw invalidParameter(`Task definition does not support launch_type ${launchType}.`);
  const others = definition.placementConstraints.length;
  const { constraints, strategies } = asInvalidParameter(() => ({
    constraints: compileConstraints(checkConstraints(placementConstraints, others)),
    strategies: compileStrategies(checkStrategies(placementStrategy)),
  }));
  const group = input.group ?? `family:${definition.family}`;
  const requirements = taskRequirements(definition, {
    launchType,
    group,
    overrides: {},
    constraints,
    strategies,
  });
  return {
    cause: 'run',
    definition,
    requirements,
    count,
    parts: plannedParts(tx, cluster, { requirements, count, strategy }),
  };
}

/** Its own strategy, or the cluster's where it names no launch type; empty: any instance. */
function runStrategy(
  tx: ReadTransaction,
  cluster: Cluster,
  { launchType, capacityProviderStrategy }: PlannedRunInput,
): readonly CapacityProviderStrategyItem[] {
  if (launchType && capacityProviderStrategy?.length)
    throw invalidParameter('Specify either Launch Type or Capacity Provider Strategy, but not both.');
  if (launchType) return [];
  const lookup = capacityProvidersOf(tx, cluster);
  return asInvalidParameter(() => providerStrategyToUse(cluster, capacityProviderStrategy, lookup)) ?? [];
}

/** Capacity providers on Fargate and features of the definition, all in one answer. */
function refuseUnsupported(
  strategy: readonly CapacityProviderStrategyItem[],
  definition: TaskDefinition,
): void {
  const onFargate = strategy.filter(({ capacityProvider }) => isBuiltIn(capacityProvider));
  const unsupported = [
    ...onFargate.map(({ capacityProvider }) => `the ${capacityProvider} capacity provider`),
    ...unsupportedFeatures(definition).map(({ feature }) => feature),
  ];
  if (unsupported.length > 0) throw unsupportedFeature(...unsupported);
}

/** What a service's orders start, each as its deployment or task set runs it. */
export const plannedStarts = (
  tx: ReadTransaction,
  service: Service,
  orders: readonly StartOrder[],
  cause: 'service' | 'lost',
  uncounted: Uncounted,
): readonly PlannedWork[] =>
  orders.flatMap(({ deploymentId, count }) => {
    const workload = workloadOf(tx, service, deploymentId);
    const definition = workload && definitionOf(tx, workload.of);
    if (!definition) return [];
    const requirements = serviceRequirements(workload.service, definition);
    const already = countsByProvider(tx, service, deploymentId, uncounted);
    const cluster = { ...service, arn: service.clusterArn };
    const strategy = workload.service.capacityProviderStrategy;
    const parts = plannedParts(tx, cluster, { requirements, count, strategy, already });
    return { cause, definition, requirements, count, parts };
  });
