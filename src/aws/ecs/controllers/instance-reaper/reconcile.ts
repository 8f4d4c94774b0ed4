// Which INACTIVE container instances have been kept long enough. Pure.
import type { ContainerInstance } from '../../state/instance/container-instance.ts';

export interface ReapPlan {
  /** ARNs of the instances to forget. */
  readonly forget: readonly string[];
  /** Epoch ms before which nothing can fall due, but for those that only their tasks keep. */
  readonly wakeAt: number;
}

/** Of `inactive` instances, forgets those deregistered `retention` ms ago or earlier that no task `isReferred` to. */
export function reconcile(
  inactive: Iterable<ContainerInstance>,
  isReferred: (arn: string) => boolean,
  retention: number,
  now: number,
): ReapPlan {
  const forget: string[] = [];
  // An instance that is deregistered from now on is due no earlier than this.
  let wakeAt = now + retention;
  for (const { arn, deregisteredAt = now } of inactive) {
    const due = deregisteredAt + retention;
    if (due > now) wakeAt = Math.min(wakeAt, due);
    else if (isReferred(arn)) wakeAt = now;
    else forget.push(arn);
  }
  return { forget, wakeAt };
}
