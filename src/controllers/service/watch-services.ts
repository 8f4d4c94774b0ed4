// Which services may have something new to do after a commit.
import type { Store } from '../../store/store.ts';
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
