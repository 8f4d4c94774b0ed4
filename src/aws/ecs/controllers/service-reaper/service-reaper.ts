// Forgets deleted services after a day, and service deployments with their revisions ninety days after they ended, as ECS does.
import { forgetFailures } from '../../state/task/record-task-failure.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { serviceEvents } from '../../state/service/service-events.ts';
import { serviceRevisions } from '../../state/service/deployment/service-revisions.ts';
import { services } from '../../state/service/services.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Controller } from '../../../shared/loop.ts';
import { reconcile, type Retention, type ServiceHistory } from './reconcile.ts';

const day = 24 * 3_600_000;
const defaults: Retention = { inactive: day, ended: 90 * day };

/** Its keys are the ARNs of services; the loop's full resync is often enough for days. */
export const serviceReaper = (retention = defaults): Controller => ({
  name: 'service-reaper',
  watch: () => () => undefined,
  allKeys: (store) => store.view((tx) => Array.from(tx.table(services).all(), ({ arn }) => arn)),
  sync: (arn, store, now) => {
    const history = store.view((tx) => historyOf(tx, arn));
    if (!history) return undefined;
    const plan = reconcile(history, retention, now);
    if (plan.everything) store.update((tx) => forgetService(tx, history));
    else if (plan.deployments.length + plan.serviceDeployments.length + plan.revisions.length > 0)
      store.update((tx) => forget(tx, plan));
    return undefined;
  },
});

function historyOf(tx: ReadTransaction, arn: string): ServiceHistory | undefined {
  const service = tx.table(services).get(arn);
  return (
    service && {
      service,
      deployments: [...tx.table(deployments).by('service', { serviceArn: arn })],
      serviceDeployments: [...tx.table(serviceDeployments).by('service', { serviceArn: arn })],
      revisions: [...tx.table(serviceRevisions).by('service', { serviceArn: arn })],
    }
  );
}

function forget(tx: WriteTransaction, gone: Omit<ServiceHistory, 'service'>): void {
  for (const one of gone.deployments) {
    forgetFailures(tx, { deploymentId: one.id });
    tx.table(deployments).delete(deployments.key(one));
  }
  for (const one of gone.serviceDeployments) tx.table(serviceDeployments).delete(serviceDeployments.key(one));
  for (const { arn } of gone.revisions) tx.table(serviceRevisions).delete(arn);
}

/** Nothing of it may be left: a service of the same name counts its deployments from one again. */
function forgetService(tx: WriteTransaction, history: ServiceHistory): void {
  const { arn } = history.service;
  forget(tx, history);
  const events = tx.table(serviceEvents);
  for (const event of [...events.by('service', { serviceArn: arn })]) events.delete(serviceEvents.key(event));
  forgetFailures(tx, { ownerArn: arn });
  tx.table(services).delete(arn);
}
