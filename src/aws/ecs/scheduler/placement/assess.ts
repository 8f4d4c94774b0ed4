// What every instance of a cluster would say to a task now. It looks at all of them, and for all of their reasons.
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import type { Refusal } from '../../state/placement-attempt/verdict-group.ts';
import type { Ask, Filter } from './filter.ts';
import { askedFacts } from './expression/asked-facts.ts';
import { factsOf } from './filters/member-of.ts';
import { filters } from './place.ts';
import { attributeValue } from '../../../../agent-protocol/attribute.ts';

export interface Assessment {
  readonly fits: readonly InstanceLoad[];
  readonly refusals: readonly Refusal[];
}

/** What is said of an instance before any filter is asked; undefined for one that placement looks at. */
export type Beforehand = (load: InstanceLoad) => Rejection | undefined;

/**
 * Also of instances that placement does not look at, DRAINING ones and those that `beforehand` refuses: somebody may be
 * waiting for them.
 */
export function assess(
  ask: Ask,
  loads: readonly InstanceLoad[],
  beforehand: Beforehand = () => undefined,
): Assessment {
  const fits: InstanceLoad[] = [];
  const refusals: Refusal[] = [];
  const found = whatIsFound();
  for (const load of loads) {
    const all = rejectionsOf(ask, load, beforehand(load));
    const [first, ...further] = all.map((rejection) => found(rejection, load));
    if (first) refusals.push({ instance: load.instance, rejections: [first, ...further] });
    else fits.push(load);
  }
  return { fits, refusals };
}

const draining: Rejection = { filter: 'status', reason: 'DRAINING' };

const rejectionsOf = (ask: Ask, load: InstanceLoad, first: Rejection | undefined): readonly Rejection[] => [
  ...(first ? [first] : []),
  ...(load.instance.status === 'ACTIVE' ? [] : [draining]),
  ...filters.flatMap((filter) => rejectionsBy(filter, ask, load)),
];

/** A filter names the first thing that it does not find; what else it does not find, it says once that is not asked. */
function rejectionsBy(filter: Filter, ask: Ask, load: InstanceLoad): readonly Rejection[] {
  const rejection = filter.reject(ask, load);
  if (!rejection) return [];
  const rest = without(ask, rejection);
  return rest ? [rejection, ...rejectionsBy(filter, rest, load)] : [rejection];
}

/** Adds to a rejection what the instance has in place of what is asked for; it reads each query once. */
function whatIsFound(): (rejection: Rejection, load: InstanceLoad) => Rejection {
  const queries = new Map<string, ReturnType<typeof askedFacts>>();
  const factsFor = (expression: string): ReturnType<typeof askedFacts> => {
    const facts = queries.get(expression) ?? askedFacts(expression);
    queries.set(expression, facts);
    return facts;
  };
  return (rejection, load) => {
    if (rejection.filter === 'memberOf')
      return { ...rejection, facts: factsFor(rejection.expression)(factsOf(load)) };
    if (rejection.filter !== 'attributes') return rejection;
    const found = attributeValue(load.instance.attributes, rejection.attribute.name);
    return found === undefined ? rejection : { ...rejection, found };
  };
}

/** The ask with that one thing less; undefined where the filter asks for one thing only. */
function without(ask: Ask, rejection: Rejection): Ask | undefined {
  switch (rejection.filter) {
    case 'attributes': {
      const requiresAttributes = ask.requiresAttributes.filter((one) => one !== rejection.attribute);
      const isOfDefinition = requiresAttributes.length < ask.requiresAttributes.length;
      return isOfDefinition ? { ...ask, requiresAttributes } : { ...ask, launchType: 'EC2' };
    }
    case 'memberOf':
      return {
        ...ask,
        constraints: ask.constraints.filter(
          (one) => one.type !== 'memberOf' || one.expression !== rejection.expression,
        ),
      };
    case 'ports':
    case 'portsUdp': {
      const { filter } = rejection;
      const left = ask.resources[filter].filter((port) => port !== rejection.port);
      return { ...ask, resources: { ...ask.resources, [filter]: left } };
    }
    case 'cpu':
    case 'memory':
    case 'gpus':
    case 'distinctInstance':
    case 'capacityProvider':
    case 'agentConnected':
    case 'engineAnswers':
    case 'status':
      return undefined;
  }
}
