// Whether an instance is what a task asks for, whatever it has left and whoever is connected: for tasks that are to be on
// every such instance.
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Ask } from './filter.ts';
import { attributes } from './filters/attributes.ts';
import { memberOf } from './filters/member-of.ts';

/** By its attributes and all queries, those about its tasks and its agent included. */
export const suits = (ask: Ask, load: InstanceLoad): boolean =>
  attributes.accepts(ask, load) && memberOf.accepts(ask, load);

/** The ask without the queries that come out another way by the minute, also because the task itself is there. */
export const lastingPart = (ask: Ask): Ask => ({
  ...ask,
  constraints: ask.constraints.filter((one) => one.type === 'memberOf' && one.lasting),
});
