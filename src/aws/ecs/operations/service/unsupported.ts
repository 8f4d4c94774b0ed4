// What a service or task set may be asked for that nothing acts on yet, by the names that its refusal has for it.
import type * as ecs from '../../shapes.generated.ts';
import type { Service } from '../../state/service/service.ts';
import type { Ecs } from '../../ecs.ts';
import { computeFeatures } from '../task/compute.ts';
import type { AskedFeatures } from '../task-definition/undeliverable.ts';
import type { Compute } from './compute.ts';
import { uncallableHooks } from './lifecycle-hooks.ts';

type Create = ecs.CreateServiceRequest;
type Update = ecs.UpdateServiceRequest;
type CreateTaskSet = ecs.CreateTaskSetRequest;
type Strategy = Pick<Compute, 'capacityProviderStrategy'>;

/** Those of a CreateService; `compute` is where its tasks would run. */
export const featuresOfCreate = (
  { hookRefusal }: Pick<Ecs, 'hookRefusal'>,
  given: Create,
  compute: Strategy,
): AskedFeatures => ({
  ...computeFeatures(given, compute.capacityProviderStrategy),
  'the CODE_DEPLOY deployment controller': given.deploymentController?.type === 'CODE_DEPLOY',
  ...memberFeatures(hookRefusal, given),
});

/** Those of an UpdateService; `changed` is the service that would come of it. */
export const featuresOfUpdate = (
  { hookRefusal }: Pick<Ecs, 'hookRefusal'>,
  given: Update,
  changed: Service,
): AskedFeatures => ({
  ...computeFeatures({}, changed.capacityProviderStrategy),
  'changing the deploymentController':
    given.deploymentController && given.deploymentController.type !== changed.deploymentController,
  ...memberFeatures(hookRefusal, given),
});

/** Those of a CreateTaskSet. */
export const featuresOfTaskSet = (given: CreateTaskSet, compute: Strategy): AskedFeatures => ({
  ...computeFeatures(given, compute.capacityProviderStrategy),
  ...connectionFeatures(given),
});

/** What CreateService and UpdateService have in common. */
const memberFeatures = (hookRefusal: Ecs['hookRefusal'], given: Create | Update): AskedFeatures => ({
  'enableExecuteCommand (ECS Exec)': given.enableExecuteCommand,
  ...connectionFeatures(given),
  'serviceConnectConfiguration (Service Connect)': given.serviceConnectConfiguration?.enabled,
  volumeConfigurations: given.volumeConfigurations?.length,
  'vpcLatticeConfigurations (VPC Lattice)': given.vpcLatticeConfigurations?.length,
  gatewayConnectors: given.gatewayConnectors?.length,
  monitoring: given.monitoring,
  'deployment alarms (CloudWatch)': given.deploymentConfiguration?.alarms?.enable,
  earlySuccessCriteria: given.deploymentConfiguration?.earlySuccessCriteria?.enable,
  ...uncallableHooks(hookRefusal, given.deploymentConfiguration?.lifecycleHooks),
});

const connectionFeatures = (given: Create | Update | CreateTaskSet): AskedFeatures => ({
  loadBalancers: given.loadBalancers?.length,
  'serviceRegistries (service discovery)': given.serviceRegistries?.length,
});
