// Stops every task of some instances, those of services too, and waits until their agents have reported it.
import type { Clock } from '../../lib/clock.ts';
import { askToStop } from '../../aws/ecs/state/task/task-lifecycle.ts';
import type { Task } from '../../aws/ecs/state/task/task.ts';
import type { ControlPlane } from '../../server/control-plane.ts';
import type { ReadTransaction, Store } from '../../store/store.ts';
import { taskDefinitionKey, taskDefinitions } from '../../aws/ecs/state/task-definition/task-definitions.ts';
import { tasks } from '../../aws/ecs/state/task/tasks.ts';

export interface StopAllOptions {
  /** ARNs. */
  readonly instances: readonly string[];
  /** Ms that the agents give a container without a stopTimeout of its own. */
  readonly containerStopTimeout: number;
  readonly clock: Clock;
}

/** For the agents to hear of it and to report, ms. */
const margin = 30_000;

/**
 * Resolves when nothing runs on the instances any more; rejects with an Error that counts what still does. Services start
 * nothing in place of their tasks: the control plane's controllers end here for good.
 */
export async function stopAllTasks(controlPlane: ControlPlane, options: StopAllOptions): Promise<void> {
  const { store } = controlPlane;
  const { instances, clock } = options;
  controlPlane.stopControllers();
  const timeout = store.view((tx) => longestStop(tx, options)) + margin;
  const deadline = clock.elapsed() + timeout;
  for (;;) {
    askAllToStop(store, instances, clock.now());
    const left = store.view((tx) => liveTasks(tx, instances).length);
    if (left === 0) return;
    if (clock.elapsed() >= deadline) throw new Error(notStopped(left, timeout));
    await changeOfTasks(store, clock, deadline - clock.elapsed());
  }
}

const notStopped = (left: number, timeout: number): string =>
  `${left} task${left === 1 ? '' : 's'} did not stop within ${timeout / 1000} s and may still run: see 'docker ps'.`;

const liveTasks = (tx: ReadTransaction, instances: readonly string[]): readonly Task[] =>
  instances.flatMap((instance) => [
    ...tx.table(tasks).by('instanceLive', { containerInstanceArn: instance }),
  ]);

/** Also those that somebody has run since the last time. */
function askAllToStop(store: Store, instances: readonly string[], now: number): void {
  store.update((tx) => {
    const table = tx.table(tasks);
    for (const instance of instances) {
      for (const task of [
        ...table.by('instanceDesired', { containerInstanceArn: instance, desiredStatus: 'RUNNING' }),
      ])
        table.put(askToStop(task, 'UserInitiated', 'Task stopped by user', now));
    }
  });
}

/** Ms that the slowest task may take, if its containers stop one after the other. */
function longestStop(tx: ReadTransaction, { instances, containerStopTimeout }: StopAllOptions): number {
  const times = liveTasks(tx, instances).map((task) => {
    const definition = tx.table(taskDefinitions).get(taskDefinitionKey(task, task.family, task.revision));
    return (definition?.containerDefinitions ?? [])
      .map(({ stopTimeout }) => (stopTimeout ? stopTimeout * 1000 : containerStopTimeout))
      .reduce((sum, one) => sum + one, 0);
  });
  return times.reduce((most, one) => Math.max(most, one), 0);
}

/** Resolves when something about a task has changed, or after `limit` ms. */
const changeOfTasks = (store: Store, clock: Clock, limit: number): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      unwatch();
      timer.cancel();
      resolve();
    };
    const timer = clock.after(limit, end);
    const unwatch = store.watch(tasks, end);
  });
