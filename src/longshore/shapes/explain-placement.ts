// Whether a task would find a place, and what to change.
import { namedInstance } from './common.ts';
import { list, enumeration, structure } from './structure.ts';

export const explainPlacementShapes = {
  /** Exactly one of the four that a task may be named by. */
  ExplainPlacementInput: structure({
    cluster: 'String?',
    taskDefinition: 'String?',
    task: 'String?',
    service: 'String?',
    attemptId: 'String?',
  }),
  ExplainPlacementOutput: structure({
    clusterArn: 'String',
    taskDefinitionArn: 'String',
    /** `family:revision` */
    taskDefinition: 'String',
    group: 'String',
    serviceArn: 'String?',
    task: 'ShownTask?',
    asks: 'ShownRequirements',
    now: 'ShownPlacement',
    /** What the definition asks for and no instance can run: while there is any, RunTask and services refuse it. */
    unsupported: 'UnsupportedFeatures',
    /** Empty where a task would find a place. */
    suggestions: 'ShownSuggestions',
    attempts: 'ShownAttempts',
  }),
  ShownTask: structure({
    ...namedInstance,
    taskArn: 'String',
    lastStatus: 'String',
    containerInstanceArn: 'String?',
    /** There while the agent of its instance, or the container engine there, does not answer: its status is the last that was heard. */
    isUnreachable: 'Boolean?',
    stopCode: 'String?',
    stoppedReason: 'String?',
    /** There where its container engine stopped, or lost its containers: it did not end by itself. */
    isEndedByHost: 'Boolean?',
    /** How each has ended; there once the task is to stop. */
    containers: 'EndedContainers?',
  }),
  ShownRequirements: structure({
    cpu: 'Integer',
    memory: 'Integer',
    ports: 'Integers',
    portsUdp: 'Integers',
    /** How many GPUs, where it asks for any. */
    gpus: 'Integer?',
    requiresAttributes: 'Strings',
    constraints: 'Strings',
    /** The only ones whose instances may take it, where a strategy says so. */
    capacityProviders: 'Strings?',
  }),
  ShownPlacement: structure({
    /** Of the cluster, those that are INACTIVE left out. */
    instances: 'Integer',
    fitCount: 'Integer',
    /** Of many only the first fifty. */
    fits: 'FreeInstances',
    verdicts: 'ShownGroups',
  }),
  FreeInstance: structure({ ...namedInstance, freeCpu: 'Integer', freeMemory: 'Integer' }),
  FreeInstances: list('FreeInstance'),
  UnsupportedFeature: structure({
    /** The parameter, in the definition's words. */
    feature: 'String',
    /** What does the same here, where something does. */
    instead: 'String?',
  }),
  UnsupportedFeatures: list('UnsupportedFeature'),
  ShownSuggestion: structure({ kind: 'SuggestionKind', text: 'String' }),
  ShownSuggestions: list('ShownSuggestion'),
  SuggestionKind: enumeration('lower', 'stop', 'change', 'label', 'connect', 'activate', 'add', 'several'),
  ShownAttempt: structure({
    attemptId: 'String',
    by: 'String',
    taskDefinitionArn: 'String',
    group: 'String',
    serviceArn: 'String?',
    wanted: 'Integer',
    placed: 'Integer',
    times: 'Integer',
    at: 'Timestamp',
    verdicts: 'ShownGroups',
  }),
  ShownAttempts: list('ShownAttempt'),
} as const;
