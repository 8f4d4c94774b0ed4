// Why instances cannot take a task: what ExplainPlacement and PlanPlacement both answer.
import { namedInstance } from './common.ts';
import { list, openStructure, structure } from './structure.ts';

/** A rejection has what its filter looked at too: its own figures, by the names that it gives them. */
const rejection = {
  filter: 'String',
  reason: 'String',
  /** The sentence that `failures[].detail` has. */
  detail: 'String',
  /** Where the filter counts something. */
  missing: 'Integer?',
} as const;

export const verdictShapes = {
  ShownRejection: openStructure(rejection),
  ShownRejections: list('ShownRejection'),
  ShownBlockingTask: structure({
    taskArn: 'String',
    taskDefinition: 'String',
    group: 'String',
    cpu: 'Integer',
    memory: 'Integer',
    /** How many GPUs, where it holds any. */
    gpus: 'Integer?',
  }),
  ShownBlockingTasks: list('ShownBlockingTask'),
  ShownVerdict: openStructure({
    ...rejection,
    ...namedInstance,
    further: 'ShownRejections',
    holders: 'ShownBlockingTasks',
  }),
  ShownVerdicts: list('ShownVerdict'),
  ShownGroup: structure({
    filter: 'String',
    reason: 'String',
    count: 'Integer',
    /** The nearest first; of many instances only some. */
    instances: 'ShownVerdicts',
  }),
  ShownGroups: list('ShownGroup'),
} as const;
