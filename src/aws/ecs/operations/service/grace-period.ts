// How long a new task's health is not looked at.
import { invalidParameter } from '../../errors.ts';

/** Seconds; throws InvalidParameterException when negative. The wire lets no more than 2,147,483,647 through. */
export function checkedGracePeriod(seconds: number): number {
  if (seconds < 0)
    throw invalidParameter('healthCheckGracePeriodSeconds should be between 0 and 2147483647.');
  return seconds;
}
