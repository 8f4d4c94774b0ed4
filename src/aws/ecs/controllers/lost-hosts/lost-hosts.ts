// Notes which agents are silent, and which hosts are lost by that. What services do about it is theirs; a task there that
// was told to stop is given up, so that nothing waits for a word that cannot come.
import type { Log } from '../../../../lib/log.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../../store/store.ts';
import { agentSilences } from '../../state/instance/agent-silences.ts';
import { agentSessions, containerInstances } from '../../state/instance/container-instances.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../loop.ts';
import { reconcile, type HostPlan, type HostView } from './reconcile.ts';

/** Its keys are the ARNs of container instances. `lostAfter`: ms that an agent may be silent. Hosts that are lost are logged. */
export const lostHosts = (lostAfter: number, log: Log): Controller => ({
  name: 'lost-hosts',
  watch,
  allKeys: (store) =>
    store.view((tx) =>
      (['ACTIVE', 'DRAINING'] as const).flatMap((status) =>
        Array.from(tx.table(containerInstances).by('status', { status }), ({ arn }) => arn),
      ),
    ),
  sync: (arn, store, now) => {
    const { instance, view } = store.view((tx) => look(tx, arn));
    if (!instance) return undefined;
    const plan = reconcile(view, lostAfter, now);
    if (plan.giveUp.length > 0 || !isNoted(view, plan)) store.update((tx) => note(tx, instance, plan, now));
    if (plan.silence?.isLost && !view.silence?.isLost) tellLost(log, instance, now - plan.silence.since);
    return plan.changesAt;
  },
});

function tellLost(log: Log, { arn, ec2InstanceId, host }: ContainerInstance, lasted: number): void {
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
    store.watch(agentSilences, (changes) => {
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
      const lost = store.view((tx) => told.filter((arn) => tx.table(agentSilences).get(arn)?.isLost));
      for (const arn of lost) enqueue(arn);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Told to stop, and its service waits until it has. */
const isAwaited = ({ serviceArn, desiredStatus, givenUpAt }: Task): boolean =>
  serviceArn !== undefined && desiredStatus === 'STOPPED' && givenUpAt === undefined;

function look(
  tx: ReadTransaction,
  arn: string,
): { readonly instance: ContainerInstance | undefined; readonly view: HostView } {
  const silence = tx.table(agentSilences).get(arn);
  const instance = tx.table(containerInstances).get(arn);
  const isConnected = tx.table(agentSessions).get(arn) !== undefined;
  return {
    instance,
    view: {
      isRegistered: instance !== undefined && instance.status !== 'INACTIVE',
      registeredAt: instance?.registeredAt ?? 0,
      isConnected,
      silence,
      wereAllSilent: instance !== undefined && areAllSilent(tx, instance),
      stopping: isConnected
        ? []
        : [...tx.table(tasks).by('instanceLive', { containerInstanceArn: arn })]
            .filter(isAwaited)
            .map((task) => task.arn),
    },
  };
}

function areAllSilent(tx: ReadTransaction, { clusterArn }: ContainerInstance): boolean {
  const table = tx.table(containerInstances);
  const registered = (['ACTIVE', 'DRAINING'] as const).reduce(
    (sum, status) => sum + table.count('clusterStatus', { clusterArn, status }),
    0,
  );
  return tx.table(agentSilences).count('cluster', { clusterArn }) === registered;
}

const isNoted = ({ silence: noted }: HostView, { silence }: HostPlan): boolean =>
  noted?.since === silence?.since && noted?.isLost === silence?.isLost;

function note(
  tx: WriteTransaction,
  { arn, clusterArn }: ContainerInstance,
  { silence, forgives, giveUp }: HostPlan,
  now: number,
): void {
  const table = tx.table(agentSilences);
  if (silence) table.put({ ...silence, containerInstanceArn: arn, clusterArn });
  else table.delete(arn);
  if (forgives) {
    for (const other of [...table.by('cluster', { clusterArn })])
      table.put({ ...other, since: now, isLost: false });
  }
  const given = tx.table(tasks);
  for (const taskArn of giveUp) given.put({ ...given.get(taskArn)!, givenUpAt: now });
}
