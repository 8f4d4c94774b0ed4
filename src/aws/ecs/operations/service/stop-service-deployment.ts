// StopServiceDeployment: asks for a rollback to what ran before; the service's controller does it.
import { isOngoing, type ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { EcsOperation } from '../../ecs.ts';
import { conflict, unsupportedFeature } from '../../errors.ts';
import { serviceDeploymentOf } from '../resolve/service-record.ts';

const stoppable: ReadonlySet<ServiceDeployment['status']> = new Set(['PENDING', 'IN_PROGRESS']);

export const stopServiceDeployment: EcsOperation<'StopServiceDeployment'> = (ecs, input, call) => {
  if (input.stopType === 'ABORT') throw unsupportedFeature("the stopType 'ABORT'");
  return ecs.store.update((tx) => {
    const deployment = serviceDeploymentOf(tx, call, input.serviceDeploymentArn ?? '');
    if (!isOngoing(deployment)) {
      throw conflict(`The service deployment cannot be stopped: it is ${deployment.status}.`, [
        deployment.arn,
      ]);
    }
    if (stoppable.has(deployment.status)) {
      tx.table(serviceDeployments).put({
        ...deployment,
        status: 'ROLLBACK_REQUESTED',
        statusReason: 'The service deployment was stopped by a user.',
        updatedAt: call.now,
      });
    }
    return { serviceDeploymentArn: deployment.arn };
  });
};
