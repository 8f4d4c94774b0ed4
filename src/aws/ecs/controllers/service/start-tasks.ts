// Starts tasks of one of a service's deployments or task sets, where placement finds room for them. What a capacity provider
// that grows has no room for yet waits for it.
import type { Random } from '../../../../lib/random.ts';
import { planLaunch, sharesByStrategy, type LaunchShare } from '../../scheduler/capacity/plan-launch.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { servicePlacementRules } from '../../scheduler/placement/service-requirements.ts';
import { taskRequirements } from '../../scheduler/placement/task-requirements.ts';
import { unplacedAttempt } from '../../scheduler/placement/unplaced-attempt.ts';
import { countsByProvider, type Workload } from '../../scheduler/service/workload.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { expectedUsage } from '../../state/instance/expected-usage.ts';
import type { Fleets } from '../../state/instance/fleets.ts';
import { launchTasks } from '../../state/launch/launch-tasks.ts';
import { taskTags } from '../../state/launch/propagated-tags.ts';
import { recordAttempt } from '../../state/placement-attempt/record-attempt.ts';
import { definitionOf } from '../../state/task-definition/definition-of.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';

export interface Started {
  /** Those that wait for capacity among them. */
  readonly started: readonly Task[];
  /** Why the rest found no place. */
  readonly verdicts: readonly Verdict[];
  /** How many more would wait for capacity, but as many tasks of the cluster as may do so already. */
  readonly overLimit: number;
}

/** Tasks of a deployment or task set to start, and where they may be placed, if not just anywhere. */
export interface StartRequest extends Workload {
  readonly count: number;
  /** ARNs of the container instances that may take one each. */
  readonly instances?: readonly string[] | undefined;
  /** The availability zone; nobody waits for one. */
  readonly zone?: string | undefined;
}

/** Places and stores up to `count` tasks; those that find no place and may not wait are explained and tried again later. */
export function startTasks(
  tx: WriteTransaction,
  { fleets, random, now }: { readonly fleets: Fleets; readonly random: Random; readonly now: number },
  start: StartRequest,
): Started {
  const { service, of, count, zone } = start;
  const definition = definitionOf(tx, of);
  if (!definition) return { started: [], verdicts: [], overLimit: 0 };
  const { propagateTags, enableECSManagedTags } = service;
  const rules = servicePlacementRules(service, zone);
  const request = {
    ...rules,
    startedBy: of.id,
    serviceArn: service.arn,
    deploymentId: of.id,
    tags: taskTags(
      { propagateTags, enableECSManagedTags },
      { clusterName: service.clusterName, definition, service },
    ),
  };
  const launch = { home: service, definition, request, now };
  const plan = planLaunch(
    tx,
    service.clusterArn,
    taskRequirements(definition, rules),
    startTargets(tx, fleets, start),
    random,
  );
  const started = launchTasks(tx, random, launch, plan);
  // Where a zone is asked for the service lacks no task: what finds no place there needs no explanation.
  if (started.length < count && zone === undefined) {
    const outcome = { by: 'service', wanted: count, launched: started, verdicts: plan.verdicts } as const;
    recordAttempt(tx, random, unplacedAttempt(tx, launch, outcome));
  }
  return { started, verdicts: plan.verdicts, overLimit: plan.overLimit };
}

/** One to each instance that is given; else all to the cluster, or to each provider of the service's strategy its part. */
function startTargets(
  tx: ReadTransaction,
  fleets: Fleets,
  { service, of, count, instances, zone }: StartRequest,
): readonly LaunchShare[] {
  const { clusterArn, capacityProviderStrategy: strategy } = service;
  if (instances) {
    const found = instances.flatMap((arn) => tx.table(containerInstances).get(arn) ?? []);
    return found.map((instance) => ({ instances: [expectedUsage(tx, instance)], count: 1, grows: false }));
  }
  if (strategy.length === 0) return [{ instances: fleets.fleet(tx, clusterArn), count, grows: false }];
  const cluster = { ...service, arn: clusterArn };
  const targets = sharesByStrategy(tx, cluster, strategy, count, countsByProvider(tx, service, of.id));
  return zone === undefined ? targets : targets.map((target) => ({ ...target, grows: false }));
}
