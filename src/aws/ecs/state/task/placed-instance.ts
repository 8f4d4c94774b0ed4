// Where a task is to run.
import type { Attribute } from '../../../../agent-protocol/attribute.ts';
import type { Scope } from '../../../shared/scope.ts';

/** The cluster of a task, or an instance of it. */
export interface TaskPlace extends Scope {
  readonly clusterArn: string;
  readonly clusterName: string;
}

/** An instance as a task is placed on it, with the GPUs that the task is to have there; absent is none. */
export interface PlacedInstance extends TaskPlace {
  readonly arn: string;
  readonly attributes: readonly Attribute[];
  readonly grantedGpuIds?: readonly string[] | undefined;
}
