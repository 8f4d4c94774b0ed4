// What every instance of a cluster would say to a task now. It looks at all of them, and for all of their reasons.
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Ask } from './filter.ts';
import { allRejections, exclusions, filters, questionsOf } from './filters.ts';
import type { Refusal } from './group-verdicts.ts';

export interface Assessment {
  readonly fits: readonly InstanceLoad[];
  readonly refusals: readonly Refusal[];
}

/**
 * Also of instances that placement is not given, DRAINING ones and those of other capacity providers: somebody may be
 * waiting for them.
 */
export function assess(ask: Ask, loads: readonly InstanceLoad[]): Assessment {
  const questions = questionsOf(ask, [...exclusions, ...filters]);
  const fits: InstanceLoad[] = [];
  const refusals: Refusal[] = [];
  for (const load of loads) {
    const [first, ...further] = questions.flatMap((question) => allRejections(question, load));
    if (first) refusals.push({ instance: load.instance, rejections: [first, ...further] });
    else fits.push(load);
  }
  return { fits, refusals };
}
