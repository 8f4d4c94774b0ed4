import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';

/** ECS's quota of tasks a service. */
const maxTasks = 5000;

/** The count; throws InvalidParameterException for a DAEMON, which counts itself, and for what is out of range. */
export function checkedDesiredCount(
  desiredCount: number,
  schedulingStrategy: Service['schedulingStrategy'],
): number {
  if (schedulingStrategy === 'DAEMON') {
    throw invalidParameter(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    );
  }
  if (desiredCount < 0) throw invalidParameter('desiredCount should be 0 or greater.');
  if (desiredCount > maxTasks)
    throw invalidParameter(`desiredCount should be at most ${maxTasks}, the quota of tasks per service.`);
  return desiredCount;
}
