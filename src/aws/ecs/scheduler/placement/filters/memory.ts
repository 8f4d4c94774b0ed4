// Memory in MiB: what the instance registered, less what its tasks hold.
import type { TaskDefinition } from '../../../state/task-definition/task-definition.ts';
import {
  freeText,
  rejectAmount,
  screenAmount,
  shortageOf,
  sizeParameter,
  suggestAmount,
  type AmountFigures,
} from '../amount.ts';
import type { Filter } from '../filter.ts';

/** Docker's least memory of a container, MiB: below it nothing can be lowered to. */
const leastMemory = 6;

/** Who asks for none does not fit either where more is taken than there is. */
export const memory: Filter<number, AmountFigures> = {
  name: 'memory',
  reason: 'RESOURCE:MEMORY',
  closest: 'has insufficient memory available.',
  needOf: ({ resources }) => resources.memory,
  reject(asked, { instance: { registeredResources: all }, taken }) {
    return rejectAmount(asked, all.memory - taken.memory, all.memory);
  },
  screen: (asked, { freeMemory }, passes) => screenAmount(asked, freeMemory, passes),
  shortage: shortageOf,
  held: (_figures, task) => task.resources.memory,
  detail: ({ asked, available, of }) => `needs ${asked} MiB, ${available} MiB of ${of} MiB are free`,
  line: (figures, nearest) =>
    `memory - ${nearest.taskDefinition} needs ${figures.asked} MiB; ${freeText(figures, nearest, (holder) => `${holder.memory} MiB`, ' MiB')}`,
  suggest: (figures, obstacle) =>
    suggestAmount(figures, obstacle, {
      parameter: sizeParameter(obstacle.definition, 'memory'),
      least: leastMemory * obstacle.definition.containerDefinitions.length,
      instead: hasHardLimitOnly(obstacle.definition) ? ', or give it a memoryReservation of that size' : '',
      text: (amount) => `${amount} MiB`,
      heldBy: (holder) => holder.memory,
    }),
  offer: (asked) => ({ free: [`${asked} MiB`] }),
};

/** Whether a soft limit beside it would count in place of the hard one. */
const hasHardLimitOnly = ({ memory: ofTask, containerDefinitions }: TaskDefinition): boolean =>
  ofTask === undefined && containerDefinitions.length === 1 && !containerDefinitions[0]!.memoryReservation;
