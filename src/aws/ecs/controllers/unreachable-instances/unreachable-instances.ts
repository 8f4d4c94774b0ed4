// Notes which agents are disconnected, and which hosts are lost by that. What services do about it is theirs; a task there that
// was told to stop is abandoned, so that nothing waits for a word that cannot come.
import type { Log } from '../../../../lib/log.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../../store/store.ts';
import { disconnectedAgents } from '../../state/instance/disconnected-agents.ts';
import { agentSessions, containerInstances } from '../../state/instance/container-instances.ts';
import { isAbandoned, withScheduling } from '../../state/task/task-scheduling.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../../../shared/loop.ts';
import { reconcile, type HostPlan, type HostView } from './reconcile.ts';

/** Its keys are the ARNs of container instances. `lostAfter`: ms that an agent may be disconnected. Hosts that are lost are logged. */
export const unreachableInstances = (lostAfter: number, log: Log): Controller => ({
  name: 'unreachable-instances',
  watch,
  allKeys: (store) =>
    store.view((tx) =>
      (['ACTIVE', 'DRAINING'] as const).flatMap((status) =>
        Array.from(tx.table(containerInstances).by('status', { status }), ({ arn }) => arn),
      ),
    ),
  sync: (arn, store, now) => {
    const { instance, view } = store.view((tx) => viewOf(tx, arn));
    if (!instance) return undefined;
    const plan = reconcile(view, lostAfter, now);
    if (plan.abandon.length > 0 || !isNoted(view, plan)) store.update((tx) => note(tx, instance, plan, now));
    if (plan.disconnection?.isLost && !view.disconnection?.isLost)
      logLost(log, instance, now - plan.disconnection.since);
    return plan.changesAt;
  },
});

function logLost(log: Log, { arn, ec2InstanceId, host }: ContainerInstance, lasted: number): void {
  const seconds = Math.round(lasted / 1000);
  log.warn(
    { containerInstanceArn: arn, ec2InstanceId, hostName: host?.name, seconds },
    `A container instance is lost: its agent has been silent for ${seconds} s. Services replace the tasks there.`,
  );
}

function watch(store: Store, enqueue: (key: string) => void): () => void {
  const stops = [
    store.watch(agentSessions, (changes) => {
      for (const { key, before, after } of changes) if (!before !== !after) enqueue(key);
    }),
    // One that was lost gets its time again.
    store.watch(disconnectedAgents, (changes) => {
      for (const { key, before, after } of changes)
        if (before?.isLost && after?.isLost === false) enqueue(key);
    }),
    store.watch(containerInstances, (changes) => {
      for (const { key, before, after } of changes) if (before?.status !== after?.status) enqueue(key);
    }),
    store.watch(tasks, (changes) => {
      const told = changes.flatMap(({ before, after }) =>
        after && isAwaited(after) && before?.desiredStatus === 'RUNNING'
          ? (after.containerInstanceArn ?? [])
          : [],
      );
      if (told.length === 0) return;
      const lost = store.view((tx) => told.filter((arn) => tx.table(disconnectedAgents).get(arn)?.isLost));
      for (const arn of lost) enqueue(arn);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Told to stop, and its service waits until it has. */
const isAwaited = (task: Task): boolean =>
  task.serviceArn !== undefined && task.desiredStatus === 'STOPPED' && !isAbandoned(task);

function viewOf(
  tx: ReadTransaction,
  arn: string,
): { readonly instance: ContainerInstance | undefined; readonly view: HostView } {
  const disconnection = tx.table(disconnectedAgents).get(arn);
  const instance = tx.table(containerInstances).get(arn);
  const isConnected = tx.table(agentSessions).get(arn) !== undefined;
  return {
    instance,
    view: {
      isRegistered: instance !== undefined && instance.status !== 'INACTIVE',
      registeredAt: instance?.registeredAt ?? 0,
      isConnected,
      disconnection,
      wereAllDisconnected: instance !== undefined && areAllDisconnected(tx, instance),
      stopping: isConnected
        ? []
        : [...tx.table(tasks).by('instanceLive', { containerInstanceArn: arn })]
            .filter(isAwaited)
            .map((task) => task.arn),
    },
  };
}

function areAllDisconnected(tx: ReadTransaction, { clusterArn }: ContainerInstance): boolean {
  const table = tx.table(containerInstances);
  const registered = (['ACTIVE', 'DRAINING'] as const).reduce(
    (sum, status) => sum + table.count('clusterStatus', { clusterArn, status }),
    0,
  );
  return tx.table(disconnectedAgents).count('cluster', { clusterArn }) === registered;
}

const isNoted = ({ disconnection: noted }: HostView, { disconnection }: HostPlan): boolean =>
  noted?.since === disconnection?.since && noted?.isLost === disconnection?.isLost;

function note(
  tx: WriteTransaction,
  { arn, clusterArn }: ContainerInstance,
  { disconnection, forgives, abandon }: HostPlan,
  now: number,
): void {
  const table = tx.table(disconnectedAgents);
  if (disconnection) table.put({ ...disconnection, containerInstanceArn: arn, clusterArn });
  else table.delete(arn);
  if (forgives) {
    for (const other of [...table.by('cluster', { clusterArn })])
      table.put({ ...other, since: now, isLost: false });
  }
  const taskTable = tx.table(tasks);
  for (const taskArn of abandon) taskTable.put(withScheduling(taskTable.get(taskArn)!, { abandonedAt: now }));
}
