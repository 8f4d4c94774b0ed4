// UpdateServiceImages: the service's task definition with other images as a new revision, and the service on it; in one step.
import type { Service } from '../../aws/ecs/state/service/service.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { serviceDeployments } from '../../aws/ecs/state/service/deployment/service-deployments.ts';
import { serviceNotActive } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { clusterOf, serviceOf } from '../resolve.ts';
import type { UpdateServiceImagesOutput } from '../contract.ts';
import { newImages } from '../service/new-images.ts';
import { registrationOf } from '../service/registration.ts';
import { serviceDefinition } from '../subject.ts';

export const updateServiceImages: LongshoreOperation<'UpdateServiceImages'> = (
  { store, ecs },
  { cluster: clusterName, service: reference, images, forceNewDeployment = false },
  call,
) =>
  store.update((tx) => {
    const cluster = clusterOf(tx, call, clusterName);
    const service = serviceOf(tx, cluster, reference);
    if (service.status !== 'ACTIVE') throw serviceNotActive();
    const before = serviceDefinition(tx, call, service);
    const { containerDefinitions, changes } = newImages(before, images);
    const next =
      changes.length === 0
        ? undefined
        : ecs.registerTaskDefinition(tx, { ...registrationOf(before), containerDefinitions }, call);
    const update = { cluster: cluster.arn, service: service.arn, forceNewDeployment };
    const changed =
      next || forceNewDeployment
        ? ecs.updateService(tx, next ? { ...update, taskDefinition: next.arn } : update, call)
        : undefined;
    return {
      serviceArn: service.arn,
      clusterArn: service.clusterArn,
      taskDefinitionArn: next?.arn ?? before.arn,
      previousTaskDefinitionArn: before.arn,
      changes,
      ...(changed && presentDeployment(tx, changed)),
    };
  });

function presentDeployment(
  tx: ReadTransaction,
  { currentServiceDeploymentArn = '' }: Service,
): Pick<UpdateServiceImagesOutput, 'deployment'> {
  const [begun] = tx.table(serviceDeployments).by('arn', { arn: currentServiceDeploymentArn });
  return begun ? { deployment: { id: begun.deploymentId, serviceDeploymentArn: begun.arn } } : {};
}
