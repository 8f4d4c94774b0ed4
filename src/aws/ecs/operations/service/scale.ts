// The share of a service's tasks that a task set has.
import type * as ecs from '../../shapes.generated.ts';
import { invalidParameter } from '../../errors.ts';

/** Per cent; throws InvalidParameterException when not from 0 to 100. */
export function checkedScale({ value }: ecs.Scale): number {
  if (value === undefined) throw invalidParameter('scale.value cannot be null or empty.');
  if (value < 0 || value > 100) throw invalidParameter('scale.value should be between 0 and 100.');
  return value;
}
