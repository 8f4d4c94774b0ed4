// Chooses container instances for tasks. Pure; every rejection keeps its reason and its numbers.
import type { Random } from '../../../../lib/random.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { Seat } from '../../state/task/seat.ts';
import { fleetOf, type Fleet } from '../../state/instance/fleet.ts';
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import { addResources } from '../../../../agent-protocol/resources.ts';
import type { Ask, Filter } from './filter.ts';
import { agentConnected } from './filters/agent-connected.ts';
import { attributes } from './filters/attributes.ts';
import { engineAnswers } from './filters/engine-answers.ts';
import { cpu } from './filters/cpu.ts';
import { distinctInstance } from './filters/distinct-instance.ts';
import { freeGpus, gpus } from './filters/gpus.ts';
import { memberOf } from './filters/member-of.ts';
import { memory } from './filters/memory.ts';
import { ports, portsUdp } from './filters/ports.ts';
import { candidates } from './candidates.ts';
import { Choice } from './choice.ts';
import { rankings } from './rankings.ts';

/** In the order in which the first reason is named: what the instance is, before what it has left. */
export const filters: readonly Filter[] = [
  agentConnected,
  engineAnswers,
  attributes,
  memberOf,
  distinctInstance,
  cpu,
  memory,
  gpus,
  ports,
  portsUdp,
];

export type Verdict = Rejection & { readonly instance: ContainerInstance };

export interface Placement {
  /** One instance for each task that could be placed, in order, with the GPUs that the task gets. */
  readonly placed: readonly PlacedInstance[];
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
  const placed: PlacedInstance[] = [];
  const fits = candidates(ask, fleet);
  const choice = new Choice(fits, fits.length === 0 ? [] : rankings(ask, fleet));
  while (placed.length < count && !choice.isEmpty) {
    const chosen = choice.lowest(random);
    const before = changed.get(chosen) ?? fleet.loads[chosen]!;
    const load = withTask(before, ask);
    changed.set(chosen, load);
    placed.push(seatOn(before, ask));
    choice.placed(chosen, accepts(ask, load));
  }
  if (placed.length === count) return { placed, verdicts: [] };
  return {
    placed,
    verdicts: verdictsOf(
      ask,
      fleet.loads.map((load, at) => changed.get(at) ?? load),
    ),
  };
}

/** Whether every filter lets the task pass. */
export const accepts = (ask: Ask, load: InstanceLoad): boolean =>
  filters.every((filter) => filter.accepts(ask, load));

/** Asks every filter about one instance; used where the caller chose the instance (StartTask). */
export function firstRejection(ask: Ask, load: InstanceLoad): Verdict | undefined {
  for (const filter of filters) {
    const rejection = filter.reject(ask, load);
    if (rejection) return { ...rejection, instance: load.instance };
  }
  return undefined;
}

/** Every instance with the first filter that it does not pass; those that pass them all are left out. */
const verdictsOf = (ask: Ask, loads: readonly InstanceLoad[]): readonly Verdict[] =>
  loads.flatMap((load) => firstRejection(ask, load) ?? []);

/** Which GPUs a task would get: the first that are free, so that the same load and ask always say the same. */
const grantedGpus = (load: InstanceLoad, { resources: { gpus: asked = 0 } }: Ask) =>
  asked === 0 ? {} : { gpuIds: freeGpus(load).slice(0, asked) };

/** An instance as a task gets it, with the GPUs that it is to have there. */
export type PlacedInstance = ContainerInstance & Pick<Seat, 'grantedGpuIds'>;

/** The instance as a task that it accepts gets it. */
export function seatOn(load: InstanceLoad, ask: Ask): PlacedInstance {
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
