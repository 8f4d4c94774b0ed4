// What is published of the running tasks. No figure is sent that was not measured.
import type {
  PublishHealthRequest,
  PublishInstanceStatusRequest,
  PublishMetricsRequest,
} from '../../agent-protocol/messages.ts';
import type { EngineContact } from '../engine/engine-contact.ts';
import { containerOf, isStopped, type KnownContainer, type KnownTask } from '../task/known-task.ts';

/** Fits PublishMetricsRequest's taskMetrics: a task that runs, by name, without statistics. */
export interface TaskMetric {
  readonly taskArn: string;
  readonly taskDefinitionFamily: string;
  readonly taskDefinitionVersion: string;
  readonly containerMetrics: readonly { readonly containerName: string }[];
}

type TaskHealth = PublishHealthRequest['tasks'][number];
type ContainerHealth = TaskHealth['containers'][number];

const tasksPerMessage = 10;

const identity = ({ task }: KnownTask) => ({
  taskArn: task.arn,
  taskDefinitionFamily: task.family,
  taskDefinitionVersion: task.version,
});

const runningContainers = (known: KnownTask): readonly string[] =>
  known.task.containers
    .map(({ name }) => name)
    .filter((name) => containerOf(known, name).stage === 'RUNNING');

/** The running tasks in messages of at most 10; one empty message where nothing runs. */
export function metricsPages(tasks: readonly KnownTask[]): readonly (readonly TaskMetric[])[] {
  const metrics = tasks
    .filter((known) => !isStopped(known) && runningContainers(known).length > 0)
    .map((known) => ({
      ...identity(known),
      containerMetrics: runningContainers(known).map((containerName) => ({ containerName })),
    }));
  return pages(metrics);
}

/** The message for one page of metrics; `timestamp` is epoch seconds. */
export const metricsRequest = (
  metadata: Omit<PublishMetricsRequest['metadata'], 'idle' | 'fin'>,
  page: readonly TaskMetric[],
  fin: boolean,
  timestamp: number,
): PublishMetricsRequest =>
  page.length === 0
    ? { metadata: { ...metadata, idle: true, fin }, timestamp }
    : { metadata: { ...metadata, idle: false, fin }, timestamp, taskMetrics: page };

/** Health of every container that runs and has a check, in messages of at most 10 tasks; none where there is no check. */
export function healthPages(tasks: readonly KnownTask[]): readonly (readonly TaskHealth[])[] {
  const health = tasks
    .map((known) => ({ ...identity(known), containers: containerHealth(known) }))
    .filter(({ containers }) => containers.length > 0);
  return health.length === 0 ? [] : pages(health);
}

const containerHealth = (known: KnownTask): readonly ContainerHealth[] =>
  known.task.containers
    .filter((each) => each.healthCheckType === 'docker' && containerOf(known, each.name).stage === 'RUNNING')
    .map(({ name }) => healthOf(name, containerOf(known, name)));

const healthOf = (containerName: string, { health, startedAt = 0 }: KnownContainer): ContainerHealth => ({
  containerName,
  healthStatus: health?.status ?? 'UNKNOWN',
  statusSince: (health?.since ?? startedAt) / 1000,
});

/** What is said of the container engine; `now` is epoch seconds. */
export const engineStatus = (
  { isImpaired, since }: EngineContact['status'],
  now: number,
): PublishInstanceStatusRequest['statuses'][number] => ({
  type: 'ContainerRuntime',
  status: isImpaired ? 'IMPAIRED' : 'OK',
  ...(isImpaired && { statusReason: 'The container engine does not answer.' }),
  lastUpdated: now,
  lastStatusChange: since / 1000,
});

function pages<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(items.length / tasksPerMessage));
  return Array.from({ length: count }, (_, page) =>
    items.slice(page * tasksPerMessage, (page + 1) * tasksPerMessage),
  );
}
