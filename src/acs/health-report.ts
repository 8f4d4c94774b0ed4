// What an agent's health report changes in the tasks of its instance.
import type { Task } from '../aws/ecs/state/task/task.ts';
import type { ReadTransaction } from '../store/store.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import type { HealthStatus } from '../agent-protocol/container-report.ts';

/** A checked report: task ARN to container name to health. */
export type HealthReport = ReadonlyMap<string, ReadonlyMap<string, HealthStatus>>;

const statuses: readonly string[] = ['HEALTHY', 'UNHEALTHY', 'UNKNOWN'] satisfies HealthStatus[];
const isStatus = (value: unknown): value is HealthStatus =>
  typeof value === 'string' && statuses.includes(value);

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function containersOf(reported: unknown): ReadonlyMap<string, HealthStatus> {
  const containers = new Map<string, HealthStatus>();
  for (const entry of list(members(reported).containers)) {
    const { containerName, healthStatus } = members(entry);
    if (typeof containerName === 'string' && isStatus(healthStatus))
      containers.set(containerName, healthStatus);
  }
  return containers;
}

/** Reads a PublishHealthRequest, leaving out whatever in it is malformed. */
export function readHealthReport(message: unknown): HealthReport {
  const report = new Map<string, ReadonlyMap<string, HealthStatus>>();
  for (const entry of list(members(message).tasks)) {
    const { taskArn } = members(entry);
    if (typeof taskArn === 'string') report.set(taskArn, containersOf(entry));
  }
  return report;
}

function withHealth(task: Task, health: ReadonlyMap<string, HealthStatus>): Task | undefined {
  const differs = task.containers.some((c) => (health.get(c.name) ?? c.healthStatus) !== c.healthStatus);
  if (!differs) return undefined;
  const containers = task.containers.map((container) => ({
    ...container,
    healthStatus: health.get(container.name) ?? container.healthStatus,
  }));
  return { ...task, containers };
}

/** The rows that `report` changes; other instances' tasks, unknown and stopped ones are left alone. */
export function healthChanges(
  tx: ReadTransaction,
  containerInstanceArn: string,
  report: HealthReport,
): readonly Task[] {
  return [...report].flatMap(([arn, health]) => {
    const task = tx.table(tasks).get(arn);
    if (task?.containerInstanceArn !== containerInstanceArn || task.lastStatus === 'STOPPED') return [];
    return withHealth(task, health) ?? [];
  });
}
