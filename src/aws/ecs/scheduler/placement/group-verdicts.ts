// Puts together what many instances say against one task: how many say the same, and those that come nearest to taking it.
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { namedInstance } from '../../state/instance/instance-title.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import type { BlockingTask, VerdictGroup, VerdictLine } from '../../state/placement-attempt/verdict-group.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { blockingTasks } from './blocking-tasks.ts';
import { filterNamed, type Verdict } from './filters.ts';

/** An instance with all that is known to keep the task off it; the first is what a filter said first. */
export interface Refusal {
  readonly instance: ContainerInstance;
  readonly rejections: readonly [Rejection, ...Rejection[]];
}

/** How many instances are kept of an attempt by name, in all its groups together. */
export const maxVerdictLines = 50;

/** What placement answered, as it is kept and shown; who holds what is missing is looked up as it is in `tx`. */
export const verdictGroups = (tx: ReadTransaction, verdicts: readonly Verdict[]): readonly VerdictGroup[] =>
  groupVerdicts(
    verdicts.map(({ instance, ...rejection }) => ({ instance, rejections: [rejection] })),
    (instance, rejection) => blockingTasks(tx, instance, rejection),
  );

/**
 * The groups, the largest first, with at most `limit` lines, spread evenly over them. `holders` is called only for what is
 * kept.
 */
export function groupVerdicts(
  refusals: readonly Refusal[],
  holders: (instance: ContainerInstance, rejection: Rejection) => readonly BlockingTask[],
  limit = maxVerdictLines,
): readonly VerdictGroup[] {
  const groups = [...Map.groupBy(refusals, ({ rejections }) => groupKey(rejections[0])).values()];
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
  holders: (instance: ContainerInstance, rejection: Rejection) => readonly BlockingTask[],
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

const shortage = (rejection: Rejection): number => filterNamed(rejection.filter)?.shortage?.(rejection) ?? 0;

/** Rejections by one filter about the same thing are one group. */
const groupKey = (rejection: Rejection): string =>
  `${rejection.filter} ${filterNamed(rejection.filter)?.subject?.(rejection) ?? ''}`;
