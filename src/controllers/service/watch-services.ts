// Which services may have something new to do after a commit.
import type { Store } from '../../store/store.ts';
import { agentSilences } from '../../store/tables/agent-silences.ts';
import { agentSessions, containerInstances } from '../../store/tables/container-instances.ts';
import { serviceDeployments } from '../../store/tables/service-deployments.ts';
import { services } from '../../store/tables/services.ts';
import { tasks } from '../../store/tables/tasks.ts';

/** Calls `enqueue` with the ARNs of services that a change concerns; answers how to stop that. */
export function watchServices(store: Store, enqueue: (arn: string) => void): () => void {
  const ofCluster = (clusterArn: string): void => {
    const arns = store.view((tx) =>
      (['ACTIVE', 'DRAINING'] as const).flatMap((status) =>
        Array.from(tx.table(services).by('clusterStatus', `${clusterArn}/${status}`), ({ arn }) => arn),
      ),
    );
    for (const arn of arns) enqueue(arn);
  };
  const ofInstance = (arn: string): void => {
    const found = store.view((tx) =>
      Array.from(tx.table(tasks).by('instanceLive', arn), ({ serviceArn }) => serviceArn),
    );
    for (const serviceArn of found) if (serviceArn !== undefined) enqueue(serviceArn);
  };
  const stops = [
    store.watch(services, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.arn);
    }),
    // StopServiceDeployment asks through its record.
    store.watch(serviceDeployments, (changes) => {
      for (const { after } of changes) if (after) enqueue(after.serviceArn);
    }),
    store.watch(tasks, (changes) => {
      for (const { before, after } of changes) {
        const serviceArn = (after ?? before)?.serviceArn;
        if (serviceArn !== undefined) enqueue(serviceArn);
      }
    }),
    store.watch(containerInstances, (changes) => {
      for (const { before, after } of changes) {
        if (
          after &&
          (before?.status !== after.status || before.registeredResources !== after.registeredResources)
        )
          ofCluster(after.clusterArn);
      }
    }),
    // A host is lost, or one that was is back.
    store.watch(agentSilences, (changes) => {
      for (const { key, before, after } of changes) if (before?.isLost !== after?.isLost) ofInstance(key);
    }),
    store.watch(agentSessions, (changes) => {
      for (const { key, before, after } of changes) {
        const instance =
          after && !before ? store.view((tx) => tx.table(containerInstances).get(key)) : undefined;
        if (instance) ofCluster(instance.clusterArn);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
