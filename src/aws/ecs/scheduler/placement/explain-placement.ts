// The verdict of every instance of a cluster on a task now, each with all of its reasons.
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { PlacementRequest } from './filter.ts';
import { allRejections, exclusions, filters, questionsOf } from './filters.ts';
import type { Refusal } from './group-verdicts.ts';

export interface PlacementExplanation {
  readonly fits: readonly InstanceUsage[];
  readonly refusals: readonly Refusal[];
}

/**
 * Also of instances that placement is not given, DRAINING ones and those of other capacity providers: somebody may be
 * waiting for them.
 */
export function explainPlacement(
  requirements: PlacementRequest,
  usages: readonly InstanceUsage[],
): PlacementExplanation {
  const questions = questionsOf(requirements, [...exclusions, ...filters]);
  const fits: InstanceUsage[] = [];
  const refusals: Refusal[] = [];
  for (const usage of usages) {
    const [first, ...further] = questions.flatMap((question) => allRejections(question, usage));
    if (first) refusals.push({ instance: usage.instance, rejections: [first, ...further] });
    else fits.push(usage);
  }
  return { fits, refusals };
}
