// Stops every task of some instances and waits until their agents have reported it.
import { askToStop } from '../../model/task-lifecycle.ts';
import type { ControlPlane } from '../../server/control-plane.ts';
import { tasks } from '../../store/tables/tasks.ts';
import { systemClock } from '../../lib/clock.ts';

/** Longer than the default stop timeout of a container, ms. */
const patience = 60_000;

/** Resolves when nothing runs on `instances` any more; rejects with an Error that counts what still does. */
export async function stopAllTasks({ store }: ControlPlane, instances: readonly string[]): Promise<void> {
  store.update((tx) => {
    const table = tx.table(tasks);
    for (const instance of instances) {
      for (const task of [...table.by('instanceDesired', `${instance}/RUNNING`)]) {
        table.put(askToStop(task, 'UserInitiated', 'Task stopped by user', systemClock.now()));
      }
    }
  });
  const live = (): number =>
    store.view((tx) =>
      instances.reduce((total, instance) => total + tx.table(tasks).count('instanceLive', instance), 0),
    );
  await new Promise<void>((resolve, reject) => {
    if (live() === 0) return resolve();
    const end = (settle: () => void): void => {
      unwatch();
      timer.cancel();
      settle();
    };
    const timer = systemClock.after(patience, () =>
      end(() =>
        reject(new Error(`${live()} tasks did not stop within ${patience / 1000} s and may still run.`)),
      ),
    );
    const unwatch = store.watch(tasks, () => {
      if (live() === 0) end(resolve);
    });
  });
}
