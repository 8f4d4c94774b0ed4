// What many instances say against one task, put together: how many say the same, and those that come nearest to taking it.
import type { ContainerInstance } from '../instance/container-instance.ts';
import { namedInstance, type NamedInstance } from '../instance/instance-title.ts';
import { shortage, type Rejection } from './rejection.ts';

/** An instance with all that is known to keep the task off it; the first is what a filter said first. */
export interface Refusal {
  readonly instance: ContainerInstance;
  readonly rejections: readonly [Rejection, ...Rejection[]];
}

/** A task that holds what another asks for. */
export interface Holder {
  readonly taskArn: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly group: string;
  readonly cpu: number;
  readonly memory: number;
  /** How many GPUs; absent is none. */
  readonly gpus?: number | undefined;
}

/** One instance that is kept of a group. */
export interface VerdictLine extends NamedInstance {
  readonly rejection: Rejection;
  /** What else would have to change; not looked at where the first reason was enough. */
  readonly further: readonly Rejection[];
  /** Who holds what is missing, the greatest share first. */
  readonly holders: readonly Holder[];
}

/** Instances with the same reason about the same thing. */
export interface VerdictGroup {
  readonly filter: Rejection['filter'];
  readonly reason: string;
  /** All of them, also those without a line. */
  readonly count: number;
  /** Nearest first: the fewest reasons, then the least that is missing. */
  readonly lines: readonly VerdictLine[];
}

/** How many instances are kept of an attempt by name, in all its groups together. */
export const mostVerdictLines = 50;

/**
 * The groups, the largest first, with at most `limit` lines, spread evenly over them. `holders` is asked only for what is
 * kept.
 */
export function groupVerdicts(
  refusals: readonly Refusal[],
  holders: (instance: ContainerInstance, rejection: Rejection) => readonly Holder[],
  limit = mostVerdictLines,
): readonly VerdictGroup[] {
  const groups = [...Map.groupBy(refusals, ({ rejections }) => subjectOf(rejections[0])).values()];
  groups.sort((a, b) => b.length - a.length);
  const share = Math.max(1, Math.floor(limit / Math.max(1, groups.length)));
  let left = limit;
  return groups.map((group) => {
    const kept = group.toSorted(byDistance).slice(0, Math.min(share, left));
    left -= kept.length;
    const [{ filter, reason }] = group[0]!.rejections;
    return { filter, reason, count: group.length, lines: kept.map((refusal) => lineOf(refusal, holders)) };
  });
}

function lineOf(
  { instance, rejections: [rejection, ...further] }: Refusal,
  holders: (instance: ContainerInstance, rejection: Rejection) => readonly Holder[],
): VerdictLine {
  return {
    ...namedInstance(instance),
    rejection,
    further,
    holders: holders(instance, rejection),
  };
}

/** Fewer reasons first, then by what is missing; amounts of different kinds are never compared within a group. */
const byDistance = (a: Refusal, b: Refusal): number =>
  a.rejections.length - b.rejections.length || shortage(a.rejections[0]) - shortage(b.rejections[0]);

/** What a rejection is about: those of one subject are one group. */
function subjectOf(rejection: Rejection): string {
  switch (rejection.filter) {
    case 'ports':
    case 'portsUdp':
      return `${rejection.filter} ${rejection.port}`;
    case 'attributes':
      return `attributes ${rejection.attribute.name}=${rejection.attribute.value ?? ''}`;
    case 'memberOf':
      return `memberOf ${rejection.expression}`;
    case 'cpu':
    case 'memory':
    case 'gpus':
    case 'distinctInstance':
    case 'capacityProvider':
    case 'agentConnected':
    case 'engineAnswers':
    case 'status':
      return rejection.filter;
  }
}
