// CPU units: what the instance registered, less what its tasks hold.
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

/** Who asks for none does not fit either where more is taken than there is. */
export const cpu: Filter<number, AmountFigures> = {
  name: 'cpu',
  reason: 'RESOURCE:CPU',
  closest: 'has insufficient CPU units available.',
  needOf: ({ resources }) => resources.cpu,
  reject(asked, { instance: { registeredResources: all }, taken }) {
    return rejectAmount(asked, all.cpu - taken.cpu, all.cpu);
  },
  screen: (asked, { freeCpu }, passes) => screenAmount(asked, freeCpu, passes),
  shortage: shortageOf,
  held: (_figures, task) => task.resources.cpu,
  detail: ({ asked, available, of }) => `needs ${asked} CPU units, ${available} of ${of} are free`,
  line: (figures, nearest) =>
    `CPU - ${nearest.taskDefinition} needs ${figures.asked} units; ${freeText(figures, nearest, (holder) => `${holder.cpu} units`)}`,
  suggest: (figures, obstacle) =>
    suggestAmount(figures, obstacle, {
      parameter: sizeParameter(obstacle.definition, 'cpu'),
      text: (amount) => `${amount} CPU unit${amount === 1 ? '' : 's'}`,
      heldBy: (holder) => holder.cpu,
    }),
  offer: (asked) => (asked > 0 ? { free: [`${asked} CPU units`] } : {}),
};
