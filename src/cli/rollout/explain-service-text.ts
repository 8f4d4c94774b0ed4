// What `longshore explain service` prints of the service itself: its deployments, what it waits for, how its tasks failed.
import type { ExplainServiceOutput, ShownDeployment, Waiting } from '../../longshore/contract.ts';
import { failedTasksLines } from './failed-task-text.ts';
import { continueCommand, deploymentLine, type Columns } from './rollout-text.ts';
import { plainText, type Paint } from '../terminal/paint.ts';
import { instantText, spanText } from '../terminal/times.ts';
import { lastPart } from '../../lib/arn.ts';

/** Lines of text; `now` is seconds since the epoch, of the server's answer. */
export const explainServiceLines = (
  answer: ExplainServiceOutput,
  now: number,
  paint: Paint = plainText,
): string[] => [
  headline(answer),
  healthRule(answer),
  ...deploymentLines(answer, paint),
  ...rolloutLines(answer),
  '',
  ...waitingLines(answer, now),
  ...separated(failedTasksLines(answer.failedTasks, answer.failedTaskCount)),
];

const separated = (lines: string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

function headline(answer: ExplainServiceOutput): string {
  const { runningCount, desiredCount, healthyCount, taskDefinition = 'not set yet', status } = answer;
  const how = answer.deploymentController === 'ECS' ? answer.strategy : answer.deploymentController;
  const kind = `${status}, ${answer.schedulingStrategy}, ${how}`;
  const unreachable =
    answer.unreachableCount === 0 ? '' : ` (${answer.unreachableCount} on hosts that do not answer)`;
  return `${lastPart(answer.serviceArn)} (${kind}): ${runningCount} of ${desiredCount} tasks running${unreachable}, ${healthyCount} healthy; task definition ${taskDefinition}.`;
}

/** When a task of it counts as healthy. */
export function healthRule({ health }: ExplainServiceOutput): string {
  const { checkedContainers, healthyAfterSeconds, gracePeriodSeconds } = health;
  if (checkedContainers.length === 0)
    return `A task without health checks counts as healthy once it has run for ${healthyAfterSeconds} s (--healthy-after of the server).`;
  const grace =
    gracePeriodSeconds === 0 ? '' : `; failures are ignored in the first ${spanText(gracePeriodSeconds)}`;
  return `A task counts as healthy when the health checks of ${checkedContainers.join(', ')} pass${grace}.`;
}

function deploymentLines({ deployments, desiredCount }: ExplainServiceOutput, paint: Paint): string[] {
  if (deployments.length === 0) return [];
  const columns = {
    taskDefinition: Math.max(...deployments.map(({ taskDefinition }) => taskDefinition.length)),
    count: String(desiredCount * 2).length,
  };
  return ['', 'Deployments:', ...deployments.map((one) => `  ${lineOf(one, columns, paint)}`)];
}

function lineOf(one: ShownDeployment, columns: Columns, paint: Paint): string {
  const more = [
    ...(one.stoppingCount > 0 ? [`stopping ${one.stoppingCount}`] : []),
    ...(one.unhealthyTasks > 0 ? [`unhealthy ${one.unhealthyTasks}`] : []),
  ];
  return [deploymentLine({ ...one, state: one.rolloutState ?? '' }, columns, paint), ...more].join('  ');
}

function rolloutLines({ rollout }: ExplainServiceOutput): string[] {
  if (!rollout) return [];
  const { status, statusReason, lifecycleStage, circuitBreaker } = rollout;
  const stage = lifecycleStage === undefined ? '' : `, at the stage ${lifecycleStage}`;
  const why = statusReason === undefined ? '' : `: ${statusReason.replace(/\.$/, '')}`;
  const breaker = circuitBreaker
    ? ` The circuit breaker has counted ${circuitBreaker.failureCount} of ${circuitBreaker.threshold} failures.`
    : '';
  return [`The latest service deployment is ${status}${stage}${why}.${breaker}`];
}

/** What it waits for now, one line each. */
export function waitingLines(answer: ExplainServiceOutput, now: number): string[] {
  if (answer.waiting.length > 0)
    return ['It is waiting for:', ...answer.waiting.map((one) => `  - ${waitingText(one, answer, now)}`)];
  if (answer.unreachableCount > 0)
    return [
      `It is waiting for hosts that do not answer: ${tasks(answer.unreachableCount)} ran there when they were last heard of.`,
    ];
  return [
    answer.status === 'ACTIVE'
      ? 'It is waiting for nothing: the service is in its desired state.'
      : 'It is waiting for nothing.',
  ];
}

function waitingText(waiting: Waiting, answer: ExplainServiceOutput, now: number): string {
  const until = (seconds: number): string =>
    `${instantText(seconds)}${seconds > now ? `, in ${spanText(seconds - now)}` : ''}`;
  switch (waiting.kind) {
    case 'failed':
      return `a new deployment: this one failed and starts no more tasks (${waiting.reason.replace(/\.$/, '')}).`;
    case 'heldBack':
      return `the launch backoff after ${waiting.failedTasks === 1 ? 'a failed start' : `${waiting.failedTasks} failed starts in succession`}: until ${until(waiting.until)}.`;
    case 'paused':
      return `the launch backoff of a crash loop, after ${tasks(waiting.quickExits)} that exited right after starting: until ${until(waiting.until)}.`;
    case 'hook': {
      const limit = waiting.expiresAt === undefined ? '' : `, until ${until(waiting.expiresAt)}`;
      return `the hook at ${waiting.stage}${limit}: ${continueCommand(answer.rollout?.serviceDeploymentArn ?? '', waiting.hookId)}`;
    }
    case 'bake':
      return `the end of the bake time of ${spanText(waiting.minutes * 60)}.`;
    case 'unhealthy': {
      const named = waiting.tasks.map((one) => `${lastPart(one.taskArn)} (${one.containers.join(', ')})`);
      const more = waiting.count > named.length ? ' and more' : '';
      return `the replacement of ${tasks(waiting.count)} with failing health checks: ${named.join(', ')}${more}.`;
    }
    case 'capacity':
      return `capacity provider ${waiting.capacityProviderName} to scale out, for ${tasks(waiting.count)} in PROVISIONING.`;
    case 'starting':
      return `${tasks(waiting.count)} to run.`;
    case 'healthChecks':
      return `the health checks of ${tasks(waiting.count)} to pass.`;
    case 'settling':
      return `${tasks(waiting.count)} without health checks to have run for long enough: ${until(waiting.until)}.`;
    case 'stopping':
      return `${tasks(waiting.count)} to stop.`;
    case 'protected':
      return `the end of the task protection of ${tasks(waiting.count)}: ${until(waiting.until)}.`;
    case 'percents':
      return `another deployment configuration, because this one allows no start and no stop: ${tasks(waiting.tasks)} of at most ${waiting.maximum} (maximumPercent ${waiting.maximumPercent}), and ${waiting.healthy} healthy of at least ${waiting.minimum} (minimumHealthyPercent ${waiting.minimumHealthyPercent}).`;
    case 'noPlace':
      return `the placement of ${tasks(waiting.missing)}, tried ${waiting.times === 1 ? 'once' : `${waiting.times} times`}, last at ${instantText(waiting.at)}.`;
  }
}

const tasks = (count: number): string => `${count} task${count === 1 ? '' : 's'}`;
