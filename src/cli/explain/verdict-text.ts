// Instances that refuse a task for the same reason, as one line for people: how many, what is missing where it is nearest.
import { filterNamed } from '../../aws/ecs/scheduler/placement/filters.ts';
import { onNamed } from '../../aws/ecs/scheduler/placement/nearest-instance.ts';
import { instanceTitle } from '../../aws/ecs/state/instance/instance-title.ts';
import type { ExplainPlacementOutput, ShownGroup, ShownVerdict } from '../../longshore/contract.ts';

type Requirements = Pick<ExplainPlacementOutput, 'taskDefinition'>;

/** E.g. "8 instances: memory - web:3 needs 2048 MiB; nearest is i-1 with 1512 of 3900 MiB free (536 MiB short)." */
export function groupLine(group: ShownGroup, asked: Requirements): string {
  const count = plural(group.count, 'instance');
  const [nearest] = group.instances;
  if (!nearest) return `${count}: ${group.reason}`;
  const also = nearest.further.map(({ detail }) => detail).join('; ');
  return `${count}: ${reason(nearest, group.count === 1, asked)}.${also === '' ? '' : ` Also there: ${also}.`}`;
}

function reason(shown: ShownVerdict, isOnly: boolean, { taskDefinition }: Requirements): string {
  const nearest = { instance: instanceTitle(shown), isOnly, taskDefinition, holders: shown.holders };
  return filterNamed(shown.filter)?.line?.(shown, nearest) ?? `${shown.detail}, ${onNamed(nearest)}`;
}

/** `1 instance`, `2 instances`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
