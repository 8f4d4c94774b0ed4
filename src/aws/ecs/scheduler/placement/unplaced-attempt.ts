// What is kept of a launch that left tasks over, so that somebody can ask later why: the same for RunTask, StartTask and services.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { Launch } from '../../state/launch/launch-tasks.ts';
import type { PlacementAttempt } from '../../state/placement-attempt/placement-attempt.ts';
import type { Attempted } from '../../state/placement-attempt/record-attempt.ts';
import { taskResources } from '../../state/task/task-resources.ts';
import type { Task } from '../../state/task/task.ts';
import type { Verdict } from './filters.ts';
import { verdictGroups } from './group-verdicts.ts';

/** What came of a launch. */
export interface Unplaced extends Pick<PlacementAttempt, 'by' | 'wanted'> {
  /** Of RunTask; undefined where the launch type decided, and for a service, whose row has it. */
  readonly strategy?: readonly CapacityProviderStrategyItem[] | undefined;
  /** The tasks that there are now; those that wait for capacity among them have found no place. */
  readonly launched: readonly Task[];
  readonly verdicts: readonly Verdict[];
}

export const unplacedAttempt = (
  tx: ReadTransaction,
  { home, definition, request, now }: Launch,
  { by, wanted, strategy, launched, verdicts }: Unplaced,
): Attempted => ({
  accountId: home.accountId,
  region: home.region,
  clusterArn: home.clusterArn,
  by,
  taskDefinitionArn: definition.arn,
  group: request.group,
  ...(request.serviceArn !== undefined && { serviceArn: request.serviceArn }),
  resources: taskResources(definition, request.overrides),
  ...(request.placementConstraints && { placementConstraints: request.placementConstraints }),
  ...(strategy && { capacityProviders: strategy.map(({ capacityProvider }) => capacityProvider) }),
  ...(request.launchType === 'EXTERNAL' && { launchType: 'EXTERNAL' }),
  wanted,
  placed: launched.filter(({ containerInstanceArn }) => containerInstanceArn !== undefined).length,
  verdicts: verdictGroups(tx, verdicts),
  at: now,
});
