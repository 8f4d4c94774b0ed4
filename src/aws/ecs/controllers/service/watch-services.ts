// Which services may have something new to do after a commit.
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { isEngineAway } from '../../state/instance/instance-health.ts';
import type { Task } from '../../state/task/task.ts';
import type { Change, Store } from '../../../../store/store.ts';
import { disconnectedAgents } from '../../state/instance/disconnected-agents.ts';
import { agentSessions, containerInstances } from '../../state/instance/container-instances.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { services } from '../../state/service/services.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';

/** Calls `enqueue` with the ARNs of services that a change concerns; answers how to stop that. */
export function watchServices(store: Store, enqueue: (arn: string) => void): () => void {
  const all = (arns: readonly string[]): void => arns.forEach((arn) => enqueue(arn));
  const stops = [
    store.watch(services, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.arn);
    }),
    // StopServiceDeployment asks through its record.
    store.watch(serviceDeployments, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.serviceArn);
    }),
    store.watch(taskSets, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.serviceArn);
    }),
    store.watch(tasks, (changes) => {
      for (const { before, after } of changes) {
        const serviceArn = (after ?? before)?.serviceArn;
        if (serviceArn !== undefined) enqueue(serviceArn);
      }
      for (const arn of emptierDraining(store, changes)) all(onInstance(store, arn));
    }),
    store.watch(containerInstances, (changes) => {
      const changed = changes.filter(({ before, after }) => after && mayMatter(before, after));
      all(
        inClusters(
          store,
          changed.map(({ after }) => after!.clusterArn),
        ),
      );
    }),
    // A host is lost, or one that was is back.
    store.watch(disconnectedAgents, (changes) => {
      for (const { key, before, after } of changes)
        if (before?.isLost !== after?.isLost) all(onInstance(store, key));
    }),
    store.watch(agentSessions, (changes) => {
      const connected = changes.filter(({ before, after }) => after && !before);
      const clusterArns = store.view((tx) =>
        connected.flatMap(({ key }) => tx.table(containerInstances).get(key)?.clusterArn ?? []),
      );
      all(inClusters(store, clusterArns));
    }),
    // An engine is back, so that there is room again.
    store.watch(instanceHealth, (changes) => {
      const back = changes.filter(({ before, after }) => isEngineAway(before) && !isEngineAway(after));
      const clusterArns = store.view((tx) =>
        back.flatMap(({ key }) => tx.table(containerInstances).get(key)?.clusterArn ?? []),
      );
      all(inClusters(store, clusterArns));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What placement and daemons look at. */
const mayMatter = (before: ContainerInstance | undefined, after: ContainerInstance): boolean =>
  before?.status !== after.status ||
  before.registeredResources !== after.registeredResources ||
  before.attributes !== after.attributes;

/** Daemons first: the room of an instance that comes is theirs before it is others'. */
function inClusters(store: Store, clusterArns: readonly string[]): readonly string[] {
  const found = store.view((tx) =>
    [...new Set(clusterArns)].flatMap((clusterArn) =>
      (['ACTIVE', 'DRAINING'] as const).flatMap((status) => [
        ...tx.table(services).by('clusterStatus', { clusterArn, status }),
      ]),
    ),
  );
  const { DAEMON = [], REPLICA = [] } = Object.groupBy(found, (service) => service.schedulingStrategy);
  return [...DAEMON, ...REPLICA].map(({ arn }) => arn);
}

const onInstance = (store: Store, instanceArn: string): readonly string[] =>
  store.view((tx) =>
    [...tx.table(tasks).by('instanceLive', { containerInstanceArn: instanceArn })].flatMap(
      ({ serviceArn }) => serviceArn ?? [],
    ),
  );

/** The instances that drain and have just lost one of these tasks: what waited there for it may go. */
function emptierDraining(store: Store, changes: readonly Change<Task>[]): readonly string[] {
  const lost = changes.flatMap(({ before, after }) =>
    before?.lastStatus !== 'STOPPED' && after?.lastStatus === 'STOPPED'
      ? (after.containerInstanceArn ?? [])
      : [],
  );
  if (lost.length === 0) return [];
  return store.view((tx) =>
    lost.filter((arn) => tx.table(containerInstances).get(arn)?.status === 'DRAINING'),
  );
}
