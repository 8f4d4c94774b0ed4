// The instance that comes nearest of those with the same reason, as lines for people name it.
import { lastPart } from '../../../../lib/arn.ts';
import type { BlockingTask } from '../../state/placement-attempt/verdict-group.ts';
import { shortId } from '../../state/instance/instance-title.ts';

export interface NearestInstance {
  /** As people call it. */
  readonly instance: string;
  /** Whether no other one has the reason. */
  readonly isOnly: boolean;
  /** Of the task: `family:revision`. */
  readonly taskDefinition: string;
  readonly holders: readonly BlockingTask[];
}

/** `i-1` of the only one, else `e.g. i-1`. */
export const named = ({ isOnly, instance }: NearestInstance): string =>
  isOnly ? instance : `e.g. ${instance}`;

/** `on i-1` of the only one, else `e.g. on i-1`. */
export const onNamed = ({ isOnly, instance }: NearestInstance): string =>
  isOnly ? `on ${instance}` : `e.g. on ${instance}`;

/** `; held by the task 1a2b (api:4, 200 MiB)`, nothing where there is none; `share` says what each holds. */
export function heldBy({ holders }: NearestInstance, share?: (holder: BlockingTask) => string): string {
  if (holders.length === 0) return '';
  const amount = (holder: BlockingTask): string => (share ? `, ${share(holder)}` : '');
  const each = holders.map(
    (one) => `${shortId(lastPart(one.taskArn))} (${one.taskDefinition}${amount(one)})`,
  );
  return `; held by the ${each.length === 1 ? 'task' : 'tasks'} ${each.join(', ')}`;
}
