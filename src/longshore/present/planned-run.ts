// Planned tasks as they go out: where they would be, what would wait, and why the rest found no place.
import type { ContainerInstance } from '../../aws/ecs/state/instance/container-instance.ts';
import { namedInstance } from '../../aws/ecs/state/instance/instance-title.ts';
import { verdictGroups } from '../../aws/ecs/scheduler/placement/group-verdicts.ts';
import type { Placement } from '../../aws/ecs/scheduler/placement/place.ts';
import type { ReadTransaction } from '../../store/store.ts';
import type { PlannedPlacement, PlannedRun } from '../contract.ts';
import { waitsForCapacity, type PlannedPart } from '../plan/planned-parts.ts';
import type { PlannedWork } from '../plan/planned-run.ts';
import { presentGroup } from './verdicts.ts';

/** `outcomes` has the placement of each part. */
export function presentRun(
  tx: ReadTransaction,
  { cause, definition, requirements, count, parts }: PlannedWork,
  outcomes: ReadonlyMap<PlannedPart, Placement>,
): PlannedRun {
  const found = parts.map((part) => ({ part, ...outcomes.get(part)! }));
  const over = found.filter(({ part, placed }) => placed.length < part.count);
  const waits = ({ part }: (typeof found)[number]): boolean => waitsForCapacity(part);
  const refused = over.filter((one) => !waits(one));
  return {
    cause,
    taskDefinitionArn: definition.arn,
    taskDefinition: `${definition.family}:${definition.revision}`,
    group: requirements.group,
    wanted: count,
    placed: found.reduce((total, { placed }) => total + placed.length, 0),
    placements: found.flatMap(({ part, placed }) => counted(placed, part.provider?.name)),
    waiting: over.filter(waits).map(({ part, placed }) => ({
      capacityProviderName: part.provider!.name,
      count: part.count - placed.length,
    })),
    emptyCapacityProviders: refused
      .filter(({ placed, verdicts }) => placed.length + verdicts.length === 0)
      .flatMap(({ part }) => part.provider?.name ?? []),
    verdicts: verdictGroups(
      tx,
      refused.flatMap(({ verdicts }) => verdicts),
    ).map(presentGroup),
  };
}

/** How many went where, most first. */
const counted = (
  placed: readonly ContainerInstance[],
  capacityProviderName: string | undefined,
): readonly PlannedPlacement[] =>
  [...Map.groupBy(placed, ({ arn }) => arn).values()]
    .map((same) => ({
      ...namedInstance(same[0]!),
      ...(capacityProviderName === undefined ? {} : { capacityProviderName }),
      count: same.length,
    }))
    .sort((a, b) => b.count - a.count);
