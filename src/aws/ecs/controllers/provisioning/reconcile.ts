// Which of the tasks that wait for a capacity provider get an instance now, and which have waited for too long. Pure.
import type { Random } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { Task } from '../../state/task/task.ts';
import { place, withTask, type Placement } from '../../scheduler/placement/place.ts';
import {
  requirementsKey,
  inArrivalOrder,
  provisioningRequirements,
} from '../../scheduler/placement/provisioning-task.ts';
import { filters, type Verdict } from '../../scheduler/placement/filters.ts';

/** Ms that a task waits for capacity; of ECS one hears of 10 to 30 minutes. */
export const provisioningTimeout = 15 * 60_000;

export interface ProvisioningView {
  readonly waiting: Iterable<Task>;
  /** The provider's ACTIVE instances. */
  readonly usages: readonly InstanceUsage[];
  /** Whether it has DRAINING ones. */
  readonly draining: boolean;
}

export interface ProvisioningPlan {
  readonly placed: readonly { readonly task: Task; readonly instance: Placement['placed'][number] }[];
  readonly timedOut: readonly { readonly task: Task; readonly reason: string }[];
  /** Epoch ms at which the next task will have waited for too long, if any is left. */
  readonly wakeAt: number | undefined;
}

/** The oldest are served first; one that fits nowhere holds up only those with the same requirements. */
export function reconcile(view: ProvisioningView, random: Random, now: number): ProvisioningPlan {
  let usages = view.usages;
  const placed: { task: Task; instance: Placement['placed'][number] }[] = [];
  const left: { task: Task; verdicts: Placement['verdicts'] }[] = [];
  const refused = new Map<string, Placement['verdicts']>();
  for (const alike of neighbours(inArrivalOrder(view.waiting))) {
    const key = requirementsKey(alike[0]!);
    const requirements = provisioningRequirements(alike[0]!);
    const known = refused.get(key);
    const placement = known
      ? { placed: [], verdicts: known }
      : place(requirements, usages, alike.length, random);
    alike.forEach((task, at) => {
      const instance = placement.placed[at];
      if (instance) placed.push({ task, instance });
      else left.push({ task, verdicts: placement.verdicts });
    });
    if (placement.placed.length < alike.length) refused.set(key, placement.verdicts);
    usages = placement.placed.reduce(
      (all, { arn }) =>
        all.map((usage) => (usage.instance.arn === arn ? withTask(usage, requirements) : usage)),
      usages,
    );
  }
  const isOver = ({ task }: { readonly task: Task }): boolean => task.createdAt + provisioningTimeout <= now;
  const first = left.find((one) => !isOver(one));
  return {
    placed,
    timedOut: left.filter(isOver).map(({ task, verdicts }) => ({
      task,
      reason: timeoutReason(view, verdicts),
    })),
    wakeAt: first && first.task.createdAt + provisioningTimeout,
  };
}

/** Tasks with the same requirements that follow one another. */
function neighbours(line: readonly Task[]): readonly Task[][] {
  const groups: Task[][] = [];
  let last: string | undefined;
  for (const task of line) {
    const key = requirementsKey(task);
    if (key === last) groups.at(-1)!.push(task);
    else groups.push([task]);
    last = key;
  }
  return groups;
}

/** ECS's word for it; of several instances, that of the one that came nearest. */
function timeoutReason(provider: { readonly draining: boolean }, verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return provider.draining ? 'NO ACTIVE INSTANCES' : 'EMPTY CAPACITY PROVIDER';
  return verdicts.reduce((near, one) => (rank(one) > rank(near) ? one : near)).reason;
}

/** In the order in which an instance is looked at: who refuses later is nearer to being one that fits. */
const rank = ({ filter }: Verdict): number => filters.findIndex(({ name }) => name === filter);
