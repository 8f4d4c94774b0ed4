// What a service waits for now. Pure. It tells, it decides nothing: the schedulers have rules of their own.
import type { Deployment } from '../../../model/deployment.ts';
import { taskBounds } from '../../../model/deployment-configuration.ts';
import { failuresInRow, heldBackUntil } from '../../../model/hold-back.ts';
import { pausedUntil } from '../../../model/quick-exits.ts';
import { checkedContainers } from '../../../model/service-task-health.ts';
import { isProtected, isWaiting } from '../../../model/task.ts';
import type { Waiting } from './contract.ts';
import type { SeenService, SeenTask } from './seen-service.ts';

const mostNamed = 5;

/** Empty where nothing is left to do; `now` is epoch ms. What stands in the way of the most comes first. */
export function waitingFor(seen: SeenService, now: number): readonly Waiting[] {
  const primary = seen.deployments.find(({ status }) => status === 'PRIMARY');
  return [
    ...(primary ? ofDeployment(seen, primary, now) : []),
    ...ofHooks(seen),
    ...ofTasks(seen, now),
    ...ofProtected(seen, primary, now),
    ...(primary ? ofRoom(seen, primary, now) : []),
  ];
}

function* ofDeployment(
  { service, wanted }: SeenService,
  primary: Deployment,
  now: number,
): Iterable<Waiting> {
  if (primary.rolloutState === 'FAILED') {
    yield { kind: 'failed', reason: primary.rolloutStateReason };
    return;
  }
  const until = heldBackUntil(primary);
  const missing = service.desiredCount - currentOf(wanted, primary).length;
  if (until <= now || missing <= 0) return;
  const failedTasks = failuresInRow(primary);
  if (pausedUntil(primary, primary.desiredCount) < until)
    yield { kind: 'heldBack', until: until / 1000, failedTasks };
  else yield { kind: 'paused', until: until / 1000, quickExits: primary.quickExits ?? 0 };
}

const currentOf = (wanted: readonly SeenTask[], primary: Deployment): readonly SeenTask[] =>
  wanted.filter(({ task }) => task.deploymentId === primary.id);

function* ofHooks({ rollout }: SeenService): Iterable<Waiting> {
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

function* ofTasks({ wanted, stoppingCount }: SeenService, now: number): Iterable<Waiting> {
  const unhealthy = wanted.filter((one) => one.isUnhealthy);
  if (unhealthy.length > 0)
    yield {
      kind: 'unhealthy',
      count: unhealthy.length,
      tasks: unhealthy.slice(0, mostNamed).map(({ task }) => ({
        taskArn: task.arn,
        containers: task.containers
          .filter(({ healthStatus }) => healthStatus === 'UNHEALTHY')
          .map(({ name }) => name),
      })),
    };
  yield* ofCapacity(wanted);
  const starting = wanted.filter(({ task }) => task.lastStatus !== 'RUNNING' && !isWaiting(task));
  if (starting.length > 0) yield { kind: 'starting', count: starting.length };
  const unproven = wanted.filter((one) => isUnproven(one));
  const checked = unproven.filter(({ definition }) => checkedContainers(definition).size > 0);
  if (checked.length > 0) yield { kind: 'healthChecks', count: checked.length };
  const settling = unproven.filter((one) => !checked.includes(one));
  if (settling.length > 0)
    yield {
      kind: 'settling',
      count: settling.length,
      until: Math.max(...settling.map(({ changesAt = now }) => changesAt)) / 1000,
    };
  if (stoppingCount > 0) yield { kind: 'stopping', count: stoppingCount };
}

function* ofCapacity(wanted: readonly SeenTask[]): Iterable<Waiting> {
  const waiting = wanted.filter(({ task }) => isWaiting(task));
  const byProvider = Map.groupBy(waiting, ({ task }) => task.capacityProviderName ?? '');
  for (const [capacityProviderName, of] of byProvider)
    yield { kind: 'capacity', capacityProviderName, count: of.length };
}

/** It runs and is neither healthy nor unhealthy yet. */
const isUnproven = ({ task, isHealthy, isUnhealthy }: SeenTask): boolean =>
  task.lastStatus === 'RUNNING' && !isHealthy && !isUnhealthy;

/** Protected tasks of earlier deployments, and those that are too many. */
function* ofProtected(
  { service, wanted }: SeenService,
  primary: Deployment | undefined,
  now: number,
): Iterable<Waiting> {
  const desired = service.status === 'ACTIVE' ? service.desiredCount : 0;
  const isOld = ({ task }: SeenTask): boolean => primary !== undefined && task.deploymentId !== primary.id;
  const tooMany = wanted.filter((one) => !isOld(one)).length > desired;
  const stay = wanted.filter((one) => isProtected(one.task, now) && (isOld(one) || tooMany));
  if (stay.length === 0) return;
  const until = Math.max(...stay.map(({ task }) => task.protectedUntil ?? now));
  yield { kind: 'protected', count: stay.length, until: until / 1000 };
}

/** Tasks are missing, and either the percents leave no room for them or no instance takes them. */
function* ofRoom(
  { service, wanted, attempt }: SeenService,
  primary: Deployment,
  now: number,
): Iterable<Waiting> {
  const { desiredCount, deploymentConfiguration: configuration } = service;
  const missing = desiredCount - currentOf(wanted, primary).length;
  if (primary.rolloutState === 'FAILED' || service.status !== 'ACTIVE' || missing <= 0) return;
  const { minimum, maximum } = taskBounds(configuration, desiredCount);
  const healthy = wanted.filter(({ isHealthy }) => isHealthy).length;
  if (wanted.length >= maximum) {
    if (healthy > minimum || healthy < wanted.length) return;
    const { minimumHealthyPercent, maximumPercent } = configuration;
    const percents = { minimumHealthyPercent, maximumPercent };
    yield { kind: 'percents', tasks: wanted.length, healthy, minimum, maximum, ...percents };
    return;
  }
  const isOfThis =
    attempt?.taskDefinitionArn === primary.taskDefinitionArn && attempt.at >= primary.createdAt;
  if (!isOfThis || heldBackUntil(primary) > now) return;
  yield {
    kind: 'noPlace',
    missing,
    attemptId: attempt.id,
    times: attempt.times,
    at: attempt.at / 1000,
  };
}
