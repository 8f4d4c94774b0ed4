// Where tasks would go, with some instances lost or services resized.
import { namedInstance } from './common.ts';
import { list, enumeration, structure } from './structure.ts';

export const planPlacementShapes = {
  PlanPlacementInput: structure({
    cluster: 'String?',
    runs: 'PlannedRunInputs?',
    /** Container instances to lose: ids, ARNs, or cluster queries. */
    without: 'Strings?',
    services: 'ServiceCounts?',
  }),
  PlannedRunInput: structure({
    taskDefinition: 'String',
    count: 'Integer?',
    group: 'String?',
    placementConstraints: 'Constraints?',
    placementStrategy: 'Strategies?',
    /** At most one of these two; with neither, the cluster's default strategy, else EC2. */
    launchType: 'LaunchType?',
    capacityProviderStrategy: 'ProviderStrategy?',
  }),
  PlannedRunInputs: list('PlannedRunInput'),
  Constraint: structure({ type: 'ConstraintType?', expression: 'String?' }),
  Constraints: list('Constraint'),
  ConstraintType: enumeration('distinctInstance', 'memberOf'),
  Strategy: structure({ type: 'StrategyType?', field: 'String?' }),
  Strategies: list('Strategy'),
  StrategyType: enumeration('binpack', 'random', 'spread'),
  LaunchType: enumeration('EC2', 'EXTERNAL'),
  ProviderItem: structure({ capacityProvider: 'String', weight: 'Integer?', base: 'Integer?' }),
  ProviderStrategy: list('ProviderItem'),
  ServiceCount: structure({ service: 'String', desiredCount: 'Integer' }),
  ServiceCounts: list('ServiceCount'),
  PlanPlacementOutput: structure({
    clusterArn: 'String',
    /** Instances that take tasks in the plan: ACTIVE, and not among the lost. */
    instances: 'Integer',
    lost: 'LostInstances',
    /** Tasks of services that would be stopped. */
    stopped: 'StoppedCounts',
    runs: 'PlannedRuns',
  }),
  LostInstances: structure({
    instances: 'NamedInstances',
    /** Tasks on them that no service replaces; of many only the first fifty. */
    standaloneTasks: 'Strings',
    standaloneTaskCount: 'Integer',
  }),
  StoppedCount: structure({
    serviceArn: 'String',
    count: 'Integer',
    /** Of many only the first fifty. */
    taskArns: 'Strings',
  }),
  StoppedCounts: list('StoppedCount'),
  PlannedRun: structure({
    cause: 'PlannedCause',
    taskDefinitionArn: 'String',
    taskDefinition: 'String',
    group: 'String',
    wanted: 'Integer',
    placed: 'Integer',
    placements: 'PlannedPlacements',
    /** Tasks that would wait for a capacity provider with managed scaling to grow. */
    waiting: 'ProviderCounts',
    /** Capacity providers of the strategy that have no instance for their tasks and do not grow. */
    emptyCapacityProviders: 'Strings',
    /** Why the first task that was left over, of each provider, found no place. */
    verdicts: 'ShownGroups',
  }),
  PlannedRuns: list('PlannedRun'),
  /** Why tasks are placed: a run of the plan, a service's change, or the replacement of tasks that were lost. */
  PlannedCause: enumeration('run', 'service', 'lost'),
  PlannedPlacement: structure({
    ...namedInstance,
    /** There where a strategy says which provider's instances may be used. */
    capacityProviderName: 'String?',
    count: 'Integer',
  }),
  PlannedPlacements: list('PlannedPlacement'),
  ProviderCount: structure({ capacityProviderName: 'String', count: 'Integer' }),
  ProviderCounts: list('ProviderCount'),
} as const;
