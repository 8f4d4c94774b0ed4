// Which instances pass every filter. What columns can tell is read from them; only what is left of the questions is asked of
// what is left of the instances.
import type { Fleet } from '../../state/instance/fleet.ts';
import { accepts, type Question } from './filters.ts';

/** The places of the fleet that can take the task now. */
export function candidates(questions: readonly Question[], fleet: Fleet): number[] {
  const { usages } = fleet;
  const passes = fleet.available.slice();
  const left = questions.flatMap(({ filter, need }) => {
    const rest = filter.screen ? filter.screen(need, fleet, passes) : need;
    return rest === undefined ? [] : [{ filter, need: rest }];
  });
  const passing: number[] = [];
  for (let at = 0; at < usages.length; at++) {
    if (passes[at] === 1 && (left.length === 0 || accepts(left, usages[at]!))) passing.push(at);
  }
  return passing;
}
