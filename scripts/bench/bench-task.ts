// The task that the benchmarks run: one busybox container that sleeps, through the API as a user would run it.
import { setTimeout as delay } from 'node:timers/promises';
import { exampleImage } from '../../src/cli/start/example-image.ts';
import { openConnection } from './kept-connection.ts';
import type { RunningLongshore } from './running-longshore.ts';
import { signedRequest } from './signed-request.ts';

const family = 'longshore-bench';
const cluster = 'default';

/** Ms between the answer to one DescribeTasks and the next one. */
export const pollInterval = 3;

export interface ShownTask {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly stoppedReason?: string;
  readonly containers: readonly { readonly runtimeId?: string; readonly reason?: string }[];
}

export async function registerBenchTask({ call }: RunningLongshore): Promise<void> {
  const sleeper = { name: 'sleeper', image: exampleImage, memory: 32, command: ['sleep', '86400'] };
  await call('RegisterTaskDefinition', { family, containerDefinitions: [sleeper] });
}

/** Calls RunTask, then DescribeTasks until it says RUNNING; throws an Error with the reason when it does not come to that. */
export async function runBenchTask(longshore: RunningLongshore): Promise<ShownTask> {
  const { tasks, failures } = await longshore.call<{
    tasks: ShownTask[];
    failures: readonly { reason: string }[];
  }>('RunTask', { cluster, taskDefinition: family });
  if (!tasks[0]) throw new Error(`The task was not placed: ${failures[0]?.reason ?? 'no reason was given'}.`);
  return untilStatus(longshore, tasks[0].taskArn, 'RUNNING');
}

/**
 * The task once DescribeTasks shows `status`. It asks in a way that costs both sides next to nothing, one request signed
 * once for all: else it would take the processor from what it waits for.
 */
export async function untilStatus(
  { access }: RunningLongshore,
  arn: string,
  status: 'RUNNING' | 'STOPPED',
): Promise<ShownTask> {
  const { host, hostname, port } = new URL(access.endpoint);
  const body = JSON.stringify({ cluster, tasks: [arn] });
  const request = signedRequest(access, host, 'DescribeTasks', body);
  const connection = await openConnection(hostname, Number(port));
  try {
    for (;;) {
      const { tasks } = JSON.parse(await connection.call(request)) as { tasks: readonly ShownTask[] };
      if (tasks[0]?.lastStatus === status) return tasks[0];
      failWhenStopped(tasks[0]);
      await delay(pollInterval);
    }
  } finally {
    connection.close();
  }
}

function failWhenStopped(task: ShownTask | undefined): void {
  if (task !== undefined && task.lastStatus !== 'STOPPED') return;
  throw new Error(
    `The task stopped: ${task?.containers[0]?.reason ?? task?.stoppedReason ?? 'nobody knows why'}`,
  );
}

/** The id of the task's container; throws when it has none. */
export function containerId({ taskArn, containers }: ShownTask): string {
  const id = containers[0]?.runtimeId;
  if (id === undefined) throw new Error(`${taskArn} has no container.`);
  return id;
}
