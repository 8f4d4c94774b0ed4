// What somebody could change so that a task finds a place.
import type { BlockingTask } from '../../state/placement-attempt/verdict-group.ts';
import { lastPart } from '../../../../lib/arn.ts';

export interface Suggestion {
  readonly kind: 'lower' | 'stop' | 'change' | 'label' | 'connect' | 'activate' | 'add' | 'several';
  readonly text: string;
}

/** That a task makes room: what it holds comes behind. */
export const stopOrMove = ({ taskArn, taskDefinition, group }: BlockingTask, instance: string): string =>
  `Stop or move the task ${lastPart(taskArn)} (${taskDefinition}, ${group}) on ${instance}`;
