// What a service waits for now, by what its scheduler does next. Pure; it decides nothing.
import type { Deployment } from '../../aws/ecs/state/service/deployment/deployment.ts';
import { launchFailures } from '../../aws/ecs/state/service/deployment/deployment-scheduling.ts';
import { consecutiveFailures, backoffUntil } from '../../aws/ecs/state/service/deployment/launch-backoff.ts';
import { crashLoopUntil } from '../../aws/ecs/state/service/deployment/crash-loop.ts';
import { checkedContainers } from '../../aws/ecs/scheduler/service/service-task-health.ts';
import { isProvisioning } from '../../aws/ecs/state/task/task.ts';
import type { Waiting } from '../contract.ts';
import type { ServiceView, SeenTask } from './service-view.ts';
import { taskBounds } from '../../aws/ecs/scheduler/service/minimum-and-maximum-percent.ts';
import { isProtected } from '../../aws/ecs/state/task/protection-expiry.ts';

const maxNamed = 5;

/** Empty where nothing is left to do; `now` is epoch ms. What stands in the way of the most comes first. */
export function waitingFor(seen: ServiceView, now: number): readonly Waiting[] {
  const primary = seen.deployments.find(({ status }) => status === 'PRIMARY');
  return [
    ...(primary ? ofDeployment(seen, primary, now) : []),
    ...ofHooks(seen),
    ...ofTasks(seen, now),
    ...ofProtected(seen, now),
    ...(primary ? ofRoom(seen, primary) : []),
  ];
}

function* ofDeployment(
  { service: { desiredCount }, moves }: ServiceView,
  primary: Deployment,
  now: number,
): Iterable<Waiting> {
  if (primary.rolloutState === 'FAILED') {
    yield { kind: 'failed', reason: primary.rolloutStateReason };
    return;
  }
  const failures = launchFailures(primary);
  const until = backoffUntil(failures, desiredCount);
  if (until <= now || moves.missing === 0) return;
  const failedTasks = consecutiveFailures(failures);
  if (crashLoopUntil(failures, desiredCount) < until)
    yield { kind: 'heldBack', until: until / 1000, failedTasks };
  else yield { kind: 'paused', until: until / 1000, quickExits: failures.crashLoopExits ?? 0 };
}

function* ofHooks({ rollout }: ServiceView): Iterable<Waiting> {
  if (rollout === undefined || rollout.finishedAt !== undefined) return;
  for (const { id, stage, status, expiresAt } of rollout.lifecycleHooks) {
    if (status !== 'AWAITING_ACTION') continue;
    yield {
      kind: 'hook',
      hookId: id,
      stage,
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt / 1000 }),
    };
  }
  if (rollout.lifecycleStage === 'BAKE_TIME')
    yield { kind: 'bake', minutes: rollout.deploymentConfiguration.bakeTimeInMinutes };
}

function* ofTasks({ wanted, stoppingCount }: ServiceView, now: number): Iterable<Waiting> {
  const unhealthy = wanted.filter((one) => one.isUnhealthy);
  if (unhealthy.length > 0)
    yield {
      kind: 'unhealthy',
      count: unhealthy.length,
      tasks: unhealthy.slice(0, maxNamed).map(({ task }) => ({
        taskArn: task.arn,
        containers: task.containers
          .filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
          .map(({ name }) => name),
      })),
    };
  yield* ofCapacity(wanted);
  const starting = wanted.filter(({ task }) => task.lastStatus !== 'RUNNING' && !isProvisioning(task));
  if (starting.length > 0) yield { kind: 'starting', count: starting.length };
  const unproven = wanted.filter((one) => isUnproven(one));
  const isChecked = ({ definition }: SeenTask): boolean => checkedContainers(definition).size > 0;
  const checked = unproven.filter(isChecked);
  if (checked.length > 0) yield { kind: 'healthChecks', count: checked.length };
  const settling = unproven.filter((one) => !isChecked(one));
  if (settling.length > 0)
    yield {
      kind: 'settling',
      count: settling.length,
      until: Math.max(...settling.map(({ changesAt = now }) => changesAt)) / 1000,
    };
  if (stoppingCount > 0) yield { kind: 'stopping', count: stoppingCount };
}

function* ofCapacity(wanted: readonly SeenTask[]): Iterable<Waiting> {
  const waiting = wanted.filter(({ task }) => isProvisioning(task));
  const byProvider = Map.groupBy(waiting, ({ task }) => task.capacityProviderName ?? '');
  for (const [capacityProviderName, of] of byProvider)
    yield { kind: 'capacity', capacityProviderName, count: of.length };
}

/** It runs and is neither healthy nor unhealthy yet. */
const isUnproven = ({ task, isHealthy, isUnhealthy }: SeenTask): boolean =>
  task.lastStatus === 'RUNNING' && !isHealthy && !isUnhealthy;

/** Tasks that would stop now if they were not protected. */
function* ofProtected({ wanted, unprotectedMoves }: ServiceView, now: number): Iterable<Waiting> {
  const would = new Set(unprotectedMoves.stop.map(({ arn }) => arn));
  const stay = wanted.filter(({ task }) => isProtected(task, now) && would.has(task.arn));
  if (stay.length === 0) return;
  const until = Math.max(...stay.map(({ task }) => task.protectedUntil ?? now));
  yield { kind: 'protected', count: stay.length, until: until / 1000 };
}

/** The percents leave no room for what is missing, or no instance takes it. */
function* ofRoom({ service, wanted, moves, attempt }: ServiceView, primary: Deployment): Iterable<Waiting> {
  if (moves.isStuck) {
    const { desiredCount, deploymentConfiguration: configuration } = service;
    const { minimumHealthyPercent, maximumPercent } = configuration;
    yield {
      kind: 'percents',
      tasks: wanted.length,
      healthy: wanted.filter(({ isHealthy }) => isHealthy).length,
      ...taskBounds(configuration, desiredCount),
      minimumHealthyPercent,
      maximumPercent,
    };
    return;
  }
  const isOfThis =
    attempt?.taskDefinitionArn === primary.taskDefinitionArn && attempt.at >= primary.createdAt;
  if (!isOfThis || moves.start.length === 0) return;
  yield {
    kind: 'noPlace',
    missing: moves.missing,
    attemptId: attempt.id,
    times: attempt.times,
    at: attempt.at / 1000,
  };
}
