// Forgets stopped tasks once they have been describable for as long as the setting says.
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../../../shared/loop.ts';
import { reconcile } from './reconcile.ts';

/** All stopped tasks are one key: a sweep is cheaper than a timer a task. */
const key = 'stopped-tasks';
/** A sweep at most this often, ms. */
const pause = 10_000;

/** `retention`: ms that a stopped task is kept; ECS keeps it for at least an hour. */
export const taskReaper = (retention: number): Controller => ({
  name: 'task-reaper',
  // No change can make a task due before the sweep that is already planned.
  watch: () => () => undefined,
  allKeys: () => [key],
  sync: (_key, store, now) => {
    const plan = store.view((tx) => reconcile(tx.table(tasks).by('stopped', {}), retention, now));
    if (plan.forget.length > 0) {
      store.update((tx) => {
        for (const arn of plan.forget) tx.table(tasks).delete(arn);
      });
    }
    return Math.max(plan.wakeAt, now + pause);
  },
});
