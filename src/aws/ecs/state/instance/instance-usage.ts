// A container instance together with what its tasks take of it: what placement looks at.
import type { ContainerInstance } from './container-instance.ts';
import type { Resources } from '../../../../agent-protocol/resources.ts';

export interface InstanceUsage {
  readonly instance: ContainerInstance;
  readonly agentConnected: boolean;
  /** False while its agent says that the container engine does not answer. */
  readonly engineAnswers: boolean;
  /** Held by tasks from placement until STOPPED, without the instance's own reserved ports. */
  readonly taken: Resources;
  /** desiredStatus RUNNING, lastStatus RUNNING. */
  readonly runningTasksCount: number;
  /** desiredStatus RUNNING, not yet RUNNING. */
  readonly pendingTasksCount: number;
  /** Groups of the tasks on it that are not STOPPED, with how many tasks each has; looked up when first asked for. */
  readonly taskGroups: () => ReadonlyMap<string, number>;
}

/** The ids of the instance's GPUs that no task holds, in the order that they were registered in. */
export const freeGpus = ({ instance: { gpuIds = [] }, taken }: InstanceUsage): readonly string[] =>
  taken.gpuIds === undefined ? gpuIds : gpuIds.filter((id) => !taken.gpuIds!.includes(id));
