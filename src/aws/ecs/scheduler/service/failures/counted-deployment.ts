// What the ends of its tasks do to a deployment's counts of failures, or to a task set's. Pure.
import { failedToStart, failureCause } from '../../../state/task/failure-cause.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import {
  withScheduling,
  type DeploymentScheduling,
} from '../../../state/service/deployment/deployment-scheduling.ts';
import { nextConsecutiveFailures } from '../../../state/service/deployment/launch-backoff.ts';
import { withCrashLoopExits, crashLoopRunTime } from '../../../state/service/deployment/crash-loop.ts';
import type { ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { TaskSet } from '../../../state/service/task-set/task-set.ts';
import type { TaskDefinition } from '../../../state/task-definition/task-definition.ts';
import type { Container, Task } from '../../../state/task/task.ts';
import { checkedContainers } from '../service-task-health.ts';
import { earlyExitOf } from './early-exits.ts';
import { exitedEarly } from './exited-early.ts';

export interface StoppedTasks {
  /** Those to be counted now. */
  readonly ended: readonly Task[];
  /** How many of its tasks are RUNNING and wanted. */
  readonly running: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface DeploymentTasks extends StoppedTasks {
  /** Those that are neither STOPPED nor abandoned. Asked for only where something is counted. */
  readonly live: () => Iterable<Task>;
  /** Its task definition, as long as that is kept. */
  readonly definition: () => TaskDefinition | undefined;
  /** The service deployment that it is part of. */
  readonly rollout: ServiceDeployment | undefined;
  /** Its early exits count. */
  readonly isPrimary: boolean;
}

/** The deployment with the failures among its tasks counted; the very same one where that changes nothing. */
export function countedDeployment(deployment: Deployment, tasks: DeploymentTasks): Deployment {
  const { ended, running, now, rollout, isPrimary } = tasks;
  const failures = ended.filter(failedToStart).length;
  const quick = ended.filter((task) => exitedEarly(task, crashLoopRunTime)).length;
  const early = isPrimary ? earlyExits(deployment, rollout, ended) : 0;
  const { scheduling = {} } = deployment;
  // A task that runs ends the count, as in ECS.
  const failedTasks = running > 0 ? 0 : deployment.failedTasks + failures;
  const counted: DeploymentScheduling = {
    startFailures: startFailures(scheduling, failures, tasks),
    unhealthyTasks: unhealthyTasks(scheduling, tasks),
  };
  const isSame =
    early + quick === 0 &&
    failedTasks === deployment.failedTasks &&
    counted.startFailures === (scheduling.startFailures ?? 0) &&
    counted.unhealthyTasks === (scheduling.unhealthyTasks ?? 0);
  if (isSame) return deployment;
  return withScheduling(
    { ...deployment, failedTasks, updatedAt: now },
    {
      ...counted,
      ...(failures > 0 && { lastFailureAt: now }),
      ...(quick > 0 && withCrashLoopExits(scheduling, quick, now)),
      ...(early > 0 && { earlyExits: (scheduling.earlyExits ?? 0) + early }),
    },
  );
}

/** The same of a task set. */
export function countedTaskSet(taskSet: TaskSet, { ended, running, now }: StoppedTasks): TaskSet {
  const failures = ended.filter(failedToStart).length;
  const quick = ended.filter((task) => exitedEarly(task, crashLoopRunTime)).length;
  const { scheduling = {} } = taskSet;
  const before = scheduling.failedTasks ?? 0;
  const failedTasks = running > 0 ? 0 : before + failures;
  if (quick === 0 && failedTasks === before) return taskSet;
  return {
    ...taskSet,
    scheduling: {
      ...scheduling,
      ...(quick > 0 && withCrashLoopExits(scheduling, quick, now)),
      ...(failedTasks !== before && { failedTasks }),
      ...(failures > 0 && failedTasks !== before && { lastFailureAt: now }),
    },
  };
}

function earlyExits(
  deployment: Deployment,
  rollout: ServiceDeployment | undefined,
  ended: readonly Task[],
): number {
  const within = earlyExitOf(deployment, rollout);
  return within === undefined ? 0 : ended.filter((task) => exitedEarly(task, within)).length;
}

/** How many tasks in a row never ran, with `failures` more among those that ended. */
function startFailures(
  { startFailures: before = 0, lastFailureAt = 0 }: DeploymentScheduling,
  failures: number,
  { ended, live }: DeploymentTasks,
): number {
  if (before + failures === 0) return 0;
  const ran = ({ startedAt = 0 }: Task): boolean => startedAt > lastFailureAt;
  const hasRun = before > 0 && (ended.some(ran) || Iterator.from(live()).some(ran));
  const hasDied = ended.some(({ startedAt }) => startedAt !== undefined);
  return nextConsecutiveFailures(before, failures, { hasRun, hasDied });
}

/** Tasks that were stopped for their health since one was healthy, where that ends the count. */
function unhealthyTasks(
  { unhealthyTasks: before = 0 }: DeploymentScheduling,
  { ended, live, definition, rollout }: DeploymentTasks,
): number {
  const more = ended.filter((task) => failureCause(task) === 'health').length;
  const count = before + more;
  const resets = rollout?.deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask !== false;
  return count > 0 && resets && hasHealthy(live(), definition()) ? 0 : count;
}

/** A task runs whose health checks all pass. */
function hasHealthy(live: Iterable<Task>, definition: TaskDefinition | undefined): boolean {
  const checked = checkedContainers(definition);
  if (checked.size === 0) return false;
  const passes = ({ name, healthStatus }: Container) => !checked.has(name) || healthStatus === 'HEALTHY';
  return Iterator.from(live).some(
    ({ desiredStatus, lastStatus, containers }) =>
      desiredStatus === 'RUNNING' && lastStatus === 'RUNNING' && containers.every(passes),
  );
}
