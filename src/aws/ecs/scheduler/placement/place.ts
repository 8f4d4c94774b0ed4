// Chooses container instances for tasks. Pure; every rejection keeps its reason and its numbers.
import type { Random } from '../../../../lib/random.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { PlacedInstance } from '../../state/task/placed-instance.ts';
import { fleetOf, type Fleet } from '../../state/instance/fleet.ts';
import { freeGpus, type InstanceUsage } from '../../state/instance/instance-usage.ts';
import { addResources } from '../../../../agent-protocol/resources.ts';
import { candidates } from './candidates.ts';
import { CandidateRanking } from './candidate-ranking.ts';
import type { PlacementRequest } from './filter.ts';
import { accepts, firstRejection, questionsOf, type Verdict } from './filters.ts';
import { rankings } from './rankings.ts';

export interface Placement {
  /** One instance for each task that could be placed, in order, with the GPUs that the task gets. */
  readonly placed: readonly (ContainerInstance & PlacedInstance)[];
  /** Why each instance refused the first task that could not be placed; empty when all were. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Places up to `count` tasks with the same requirements, one after the other: each choice sees what the ones before it took.
 * Usages may be passed as they are; a fleet saves laying them out.
 */
export function place(
  requirements: PlacementRequest,
  instances: Fleet | readonly InstanceUsage[],
  count: number,
  random: Random,
): Placement {
  const fleet = 'usages' in instances ? instances : fleetOf(instances);
  const changed = new Map<number, InstanceUsage>();
  const placed: (ContainerInstance & PlacedInstance)[] = [];
  const questions = questionsOf(requirements);
  const fits = candidates(questions, fleet);
  const ranking = new CandidateRanking(fits, fits.length === 0 ? [] : rankings(requirements, fleet));
  while (placed.length < count && !ranking.isEmpty) {
    const chosen = ranking.lowest(random);
    const before = changed.get(chosen) ?? fleet.usages[chosen]!;
    const usage = withTask(before, requirements);
    changed.set(chosen, usage);
    placed.push(placedInstance(before, requirements));
    ranking.placed(chosen, accepts(questions, usage));
  }
  if (placed.length === count) return { placed, verdicts: [] };
  // Every instance with the first filter that it does not pass; those that pass them all are left out.
  const verdicts = fleet.usages.flatMap(
    (usage, at) => firstRejection(questions, changed.get(at) ?? usage) ?? [],
  );
  return { placed, verdicts };
}

/** Which GPUs a task would get: the first that are free, so that the same usage and requirements always give the same. */
const grantedGpus = (usage: InstanceUsage, { resources: { gpus: asked = 0 } }: PlacementRequest) =>
  asked === 0 ? {} : { gpuIds: freeGpus(usage).slice(0, asked) };

/** The instance as a task that it accepts gets it. */
function placedInstance(
  usage: InstanceUsage,
  requirements: PlacementRequest,
): ContainerInstance & PlacedInstance {
  const { gpuIds: grantedGpuIds } = grantedGpus(usage, requirements);
  return grantedGpuIds === undefined ? usage.instance : { ...usage.instance, grantedGpuIds };
}

/** The instance as it is once it holds the task too. */
export const withTask = (usage: InstanceUsage, requirements: PlacementRequest): InstanceUsage => ({
  ...usage,
  taken: addResources(usage.taken, { ...requirements.resources, ...grantedGpus(usage, requirements) }),
  pendingTasksCount: usage.pendingTasksCount + 1,
  taskGroups: () => {
    const groups = new Map(usage.taskGroups());
    return groups.set(requirements.group, (groups.get(requirements.group) ?? 0) + 1);
  },
});
