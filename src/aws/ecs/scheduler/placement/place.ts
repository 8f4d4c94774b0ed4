// Chooses container instances for tasks. Pure; every rejection keeps its reason and its numbers.
import type { Random } from '../../../../lib/random.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { PlacedInstance } from '../../state/task/placed-instance.ts';
import { fleetOf, type Fleet } from '../../state/instance/fleet.ts';
import { freeGpus, type InstanceLoad } from '../../state/instance/instance-load.ts';
import { addResources } from '../../../../agent-protocol/resources.ts';
import { candidates } from './candidates.ts';
import { Choice } from './choice.ts';
import type { Ask } from './filter.ts';
import { accepts, firstRejection, questionsOf, type Verdict } from './filters.ts';
import { rankings } from './rankings.ts';

export interface Placement {
  /** One instance for each task that could be placed, in order, with the GPUs that the task gets. */
  readonly placed: readonly (ContainerInstance & PlacedInstance)[];
  /** Why each instance refused the first task that could not be placed; empty when all were. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Places up to `count` tasks that ask the same, one after the other: each choice sees what the ones before it took.
 * Loads may be given as they are; a fleet saves laying them out.
 */
export function place(
  ask: Ask,
  given: Fleet | readonly InstanceLoad[],
  count: number,
  random: Random,
): Placement {
  const fleet = 'loads' in given ? given : fleetOf(given);
  const changed = new Map<number, InstanceLoad>();
  const placed: (ContainerInstance & PlacedInstance)[] = [];
  const questions = questionsOf(ask);
  const fits = candidates(questions, fleet);
  const choice = new Choice(fits, fits.length === 0 ? [] : rankings(ask, fleet));
  while (placed.length < count && !choice.isEmpty) {
    const chosen = choice.lowest(random);
    const before = changed.get(chosen) ?? fleet.loads[chosen]!;
    const load = withTask(before, ask);
    changed.set(chosen, load);
    placed.push(placedInstance(before, ask));
    choice.placed(chosen, accepts(questions, load));
  }
  if (placed.length === count) return { placed, verdicts: [] };
  // Every instance with the first filter that it does not pass; those that pass them all are left out.
  const verdicts = fleet.loads.flatMap(
    (load, at) => firstRejection(questions, changed.get(at) ?? load) ?? [],
  );
  return { placed, verdicts };
}

/** Which GPUs a task would get: the first that are free, so that the same load and ask always say the same. */
const grantedGpus = (load: InstanceLoad, { resources: { gpus: asked = 0 } }: Ask) =>
  asked === 0 ? {} : { gpuIds: freeGpus(load).slice(0, asked) };

/** The instance as a task that it accepts gets it. */
function placedInstance(load: InstanceLoad, ask: Ask): ContainerInstance & PlacedInstance {
  const { gpuIds: grantedGpuIds } = grantedGpus(load, ask);
  return grantedGpuIds === undefined ? load.instance : { ...load.instance, grantedGpuIds };
}

/** The instance as it is once it holds the task too. */
export const withTask = (load: InstanceLoad, ask: Ask): InstanceLoad => ({
  ...load,
  taken: addResources(load.taken, { ...ask.resources, ...grantedGpus(load, ask) }),
  pendingTasksCount: load.pendingTasksCount + 1,
  taskGroups: () => {
    const groups = new Map(load.taskGroups());
    return groups.set(ask.group, (groups.get(ask.group) ?? 0) + 1);
  },
});
