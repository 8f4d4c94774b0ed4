// Places the tasks of a RunTask among the capacity providers of a strategy. What a provider with managed scaling has no
// room for waits for it to grow.
import type {
  CapacityProvider,
  CapacityProviderStrategyItem,
} from '../../state/capacity/capacity-provider.ts';
import { isScaled } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { Task } from '../../state/task/task.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { place } from '../../scheduler/placement/place.ts';
import { taskAsk } from '../../scheduler/placement/task-ask.ts';
import { waitingTask, type TaskRequest } from '../../scheduler/placement/waiting-task.ts';
import { instanceLoad } from '../../state/instance/load-of-instance.ts';
import { roomToWait } from '../../state/task/room-to-wait.ts';
import { strategyShares, type StrategyShare } from '../../scheduler/capacity/strategy-shares.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Call } from '../../../../wire/api.ts';
import type { Ecs } from '../../ecs.ts';
import { clientException, invalidParameter } from '../../errors.ts';
import { newTask } from '../../state/task/new-task.ts';

/** What a RunTask came down to. */
export interface Run {
  readonly cluster: Cluster;
  readonly definition: TaskDefinition;
  readonly request: TaskRequest;
  readonly count: number;
  readonly call: Call;
}

export interface Placed {
  readonly created: readonly Task[];
  /** Why instances refused those that were not created. */
  readonly verdicts: readonly Verdict[];
  /** Providers that had nothing to place on and will not grow. */
  readonly empty: readonly CapacityProvider[];
}

/**
 * Makes the tasks, by base and weights. Throws InvalidParameterException when none of the providers has an instance and
 * none grows, and ClientException when too many tasks of the cluster wait already.
 */
export function placeByStrategy(
  ecs: Ecs,
  tx: WriteTransaction,
  run: Run,
  strategy: readonly CapacityProviderStrategyItem[],
): Placed {
  const parts = strategyShares(tx, run.cluster, strategy, run.count).map((share) =>
    placeOnProvider(ecs, tx, { ...run, count: share.count }, share),
  );
  const created = parts.flatMap((part) => part.created);
  const verdicts = parts.flatMap((part) => part.verdicts);
  const empty = parts.flatMap((part) => part.empty);
  if (created.length === 0 && verdicts.length === 0)
    throw invalidParameter('No Container Instances were found in your capacity provider.');
  return { created, verdicts, empty };
}

function placeOnProvider(ecs: Ecs, tx: WriteTransaction, run: Run, share: StrategyShare): Placed {
  const { cluster, definition, count, call } = run;
  // A strategy is only of providers that the cluster is associated with, and those cannot be deleted.
  const provider = share.provider!;
  const request = { ...run.request, capacityProviderName: provider.name };
  const loads = share.instances.map((instance) => instanceLoad(tx, instance));
  const { placed, verdicts } = place(taskAsk(definition, request), loads, count, ecs.random);
  const table = tx.table(tasks);
  const created = placed.map((instance) =>
    table.put(newTask(ecs.random, definition, instance, request, call.now)),
  );
  if (created.length === count) return { created, verdicts: [], empty: [] };
  if (!isScaled(provider)) return { created, verdicts, empty: loads.length === 0 ? [provider] : [] };
  const missing = count - created.length;
  if (missing > roomToWait(tx, cluster.arn))
    throw clientException('Tasks provisioning capacity limit exceeded.');
  const home = { ...cluster, clusterArn: cluster.arn, clusterName: cluster.name };
  const waiting = Array.from({ length: missing }, () =>
    table.put(waitingTask(ecs.random, definition, home, request, call.now)),
  );
  return { created: [...created, ...waiting], verdicts: [], empty: [] };
}
