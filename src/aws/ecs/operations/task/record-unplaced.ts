// Keeps why tasks of RunTask and StartTask found no place; Longshore's own API tells it when somebody asks.
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { PlacementAttempt } from '../../state/placement-attempt/placement-attempt.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { taskResources } from '../../state/task/task-resources.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { verdictGroups } from '../../scheduler/placement/group-verdicts.ts';
import type { TaskRequest } from '../../scheduler/placement/waiting-task.ts';
import { recordAttempt } from '../../state/placement-attempt/record-attempt.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Ecs } from '../../ecs.ts';

export interface Unplaced extends Pick<PlacementAttempt, 'by' | 'wanted' | 'placed'> {
  readonly cluster: Cluster;
  readonly definition: TaskDefinition;
  readonly request: Pick<TaskRequest, 'group' | 'overrides' | 'launchType' | 'placementConstraints'>;
  /** Of RunTask; undefined where the launch type decided. */
  readonly strategy?: readonly CapacityProviderStrategyItem[] | undefined;
  readonly verdicts: readonly Verdict[];
  /** Epoch ms. */
  readonly now: number;
}

/** Records the attempt if an instance refused; one where every task was placed leaves nothing behind. */
export function recordUnplaced({ random }: Ecs, tx: WriteTransaction, unplaced: Unplaced): void {
  if (unplaced.verdicts.length === 0) return;
  const { by, cluster, definition, request, strategy, wanted, placed, verdicts, now } = unplaced;
  recordAttempt(tx, random, {
    accountId: cluster.accountId,
    region: cluster.region,
    clusterArn: cluster.arn,
    by,
    taskDefinitionArn: definition.arn,
    group: request.group,
    resources: taskResources(definition, request.overrides),
    ...(request.placementConstraints && { placementConstraints: request.placementConstraints }),
    ...(strategy && { capacityProviders: strategy.map(({ capacityProvider }) => capacityProvider) }),
    ...(request.launchType === 'EXTERNAL' && { launchType: 'EXTERNAL' }),
    wanted,
    placed,
    verdicts: verdictGroups(tx, verdicts),
    at: now,
  });
}
