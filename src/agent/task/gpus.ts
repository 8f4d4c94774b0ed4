// Which GPUs a payload gives to a task and to each of its containers.
import type { PayloadTask } from '../../agent-protocol/messages.ts';

export const gpuAssociation = 'gpu';

/** The ids of the task's GPUs, or of those of one of its containers. */
export const gpusOf = ({ associations = [] }: PayloadTask, container?: string): readonly string[] =>
  associations
    .filter(({ type }) => type === gpuAssociation)
    .filter(({ containers }) => container === undefined || containers.includes(container))
    .map(({ name }) => name);
