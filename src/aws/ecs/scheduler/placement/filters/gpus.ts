// GPUs, each whole and to one task: those that the instance registered, less those that its tasks hold.
import { freeGpus } from '../../../state/instance/instance-usage.ts';
import type { ContainerDefinition } from '../../../state/task-definition/task-definition.ts';
import { freeText, rejectAmount, shortageOf, suggestAmount, type AmountFigures } from '../amount.ts';
import type { Filter } from '../filter.ts';

const count = (amount: number): string => `${amount} GPU${amount === 1 ? '' : 's'}`;

export const gpus: Filter<number, AmountFigures> = {
  name: 'gpus',
  reason: 'RESOURCE:GPU',
  needOf: ({ resources }) => resources.gpus || undefined,
  reject: (asked, usage) => rejectAmount(asked, freeGpus(usage).length, usage.instance.gpuIds?.length ?? 0),
  shortage: shortageOf,
  held: (_figures, task) => task.resources.gpuIds?.length ?? 0,
  detail: ({ asked, available, of }) => `needs ${count(asked)}, ${available} of ${of} are free`,
  line: (figures, nearest) =>
    `GPUs - ${nearest.taskDefinition} needs ${figures.asked}; ${freeText(figures, nearest, (holder) => count(holder.gpus ?? 0))}`,
  suggest: (figures, obstacle) =>
    suggestAmount(figures, obstacle, {
      parameter: `resourceRequirements (GPU) of ${obstacle.definition.family}:${obstacle.definition.revision}`,
      least: obstacle.definition.containerDefinitions.filter(needsGpus).length,
      text: count,
      heldBy: (holder) => holder.gpus ?? 0,
    }),
  offer: (asked) => ({ devices: [count(asked)] }),
};

const needsGpus = ({ resourceRequirements = [] }: ContainerDefinition): boolean =>
  resourceRequirements.some(({ type }) => type === 'GPU');
