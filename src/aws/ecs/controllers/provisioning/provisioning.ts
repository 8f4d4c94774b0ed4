// Places tasks that wait for capacity as soon as there is some, and stops those that have waited for too long.
import type { Random } from '../../../../lib/random.ts';
import { capacityProviderArn } from '../../state/arn.ts';
import { isEngineAway } from '../../state/instance/instance-health.ts';
import { endTask } from '../../state/task/task-lifecycle.ts';
import { isProvisioning, type Task } from '../../state/task/task.ts';
import { instancesOf } from '../../state/instance/capacity-provider-of.ts';
import { instanceUsage } from '../../state/instance/usage-of-instance.ts';
import { launchOn } from '../../state/launch/launch-tasks.ts';
import { recordTaskFailure } from '../../state/task/record-task-failure.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { agentSessions, containerInstances } from '../../state/instance/container-instances.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../../../shared/loop.ts';
import { reconcile, type ProvisioningView } from './reconcile.ts';

/** Its keys are the ARNs of clusters. */
export const provisioning = (random: Random): Controller => ({
  name: 'provisioning',
  watch: (store, enqueue) => {
    const stops = [
      store.watch(tasks, (changes) => {
        for (const { before, after } of changes) {
          if (after ? isProvisioning(after) || endsNow(before, after) : before && isLive(before))
            enqueue((after ?? before)!.clusterArn);
        }
      }),
      store.watch(containerInstances, (changes) => {
        for (const { after } of changes) if (after) enqueue(after.clusterArn);
      }),
      store.watch(agentSessions, (changes) => {
        const connected = changes.flatMap(({ key, after }) => (after ? [key] : []));
        const instances = store.view((tx) => connected.map((arn) => tx.table(containerInstances).get(arn)));
        for (const instance of instances) if (instance) enqueue(instance.clusterArn);
      }),
      store.watch(instanceHealth, (changes) => {
        const back = changes.filter(({ before, after }) => isEngineAway(before) && !isEngineAway(after));
        const instances = store.view((tx) => back.map(({ key }) => tx.table(containerInstances).get(key)));
        for (const instance of instances) if (instance) enqueue(instance.clusterArn);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
  allKeys: (store) =>
    store.view((tx) => new Set([...tx.table(tasks).by('waiting', {})].map((task) => task.clusterArn))),
  sync: (clusterArn, store, now) => {
    const isIdle = store.view((tx) => tx.table(tasks).count('clusterProvisioning', { clusterArn }) === 0);
    if (isIdle) return undefined;
    return store.update((tx) => syncCluster(tx, clusterArn, random, now));
  },
});

const isLive = (task: Task): boolean => task.lastStatus !== 'STOPPED';
const endsNow = (before: Task | undefined, after: Task): boolean =>
  before !== undefined && isLive(before) && !isLive(after);

/** Answers when the next of the cluster's tasks will have waited for too long. */
function syncCluster(
  tx: WriteTransaction,
  clusterArn: string,
  random: Random,
  now: number,
): number | undefined {
  const waiting = [...tx.table(tasks).by('clusterProvisioning', { clusterArn })];
  const wakes = [...Map.groupBy(waiting, (task) => task.capacityProviderName ?? '')].flatMap(
    ([name, ofProvider]) => {
      const plan = reconcile(viewOf(tx, clusterArn, name, ofProvider), random, now);
      const table = tx.table(tasks);
      for (const { task, instance } of plan.placed) launchOn(tx, task, instance);
      for (const { task, reason } of plan.timedOut) {
        const ended = table.put(endTask(task, 'TaskFailedToStart', reason, now));
        recordTaskFailure(tx, task, ended, undefined);
      }
      return plan.wakeAt ?? [];
    },
  );
  return wakes.length === 0 ? undefined : Math.min(...wakes);
}

function viewOf(
  tx: ReadTransaction,
  clusterArn: string,
  name: string,
  waiting: readonly Task[],
): ProvisioningView {
  const provider = tx.table(capacityProviders).get(capacityProviderArn(waiting[0]!, name));
  if (provider === undefined) return { waiting, usages: [], draining: false };
  const active = instancesOf(tx, clusterArn, provider, 'ACTIVE');
  const usages = Array.from(active, (instance) => instanceUsage(tx, instance));
  return { waiting, usages, draining: !instancesOf(tx, clusterArn, provider, 'DRAINING').next().done };
}
