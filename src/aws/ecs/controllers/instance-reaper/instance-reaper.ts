// Forgets deregistered container instances once they have been describable for an hour and no task tells of them.
import { agentSequences, containerInstances } from '../../state/instance/container-instances.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../../../shared/loop.ts';
import { reconcile } from './reconcile.ts';

/** All INACTIVE instances are one key: there are few, and a sweep is cheaper than a timer for each. */
const key = 'inactive-instances';
const defaultRetention = 3_600_000;
/** A sweep at most this often, ms. */
const pause = 60_000;

/** `retention`: ms that a deregistered instance is kept. */
export const instanceReaper = (retention = defaultRetention): Controller => ({
  name: 'instance-reaper',
  // No change can make an instance due before the sweep that is already planned.
  watch: () => () => undefined,
  allKeys: () => [key],
  sync: (_key, store, now) => {
    const plan = store.view((tx) => {
      const inactive = tx.table(containerInstances).by('status', { status: 'INACTIVE' });
      return reconcile(
        inactive,
        (arn) => tx.table(tasks).count('instance', { containerInstanceArn: arn }) > 0,
        retention,
        now,
      );
    });
    if (plan.forget.length > 0) {
      store.update((tx) => {
        for (const arn of plan.forget) {
          for (const table of [containerInstances, agentSequences, instanceHealth]) {
            tx.table(table).delete(arn);
          }
        }
      });
    }
    return Math.max(plan.wakeAt, now + pause);
  },
});
