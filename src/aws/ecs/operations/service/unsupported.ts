// What a service or task set may be asked for that nothing acts on yet, by the names that its refusal has for it.
import type * as ecs from '../../shapes.generated.ts';
import type { Service } from '../../state/service/service.ts';
import type { Ecs } from '../../ecs.ts';
import { computeFeatures } from '../task/compute.ts';
import type { UsedFeatures } from '../task-definition/undeliverable.ts';
import type { Compute } from './compute.ts';
import { uncallableHooks } from './lifecycle-hooks.ts';

type Create = ecs.CreateServiceRequest;
type Update = ecs.UpdateServiceRequest;
type CreateTaskSet = ecs.CreateTaskSetRequest;
type Strategy = Pick<Compute, 'capacityProviderStrategy'>;

/** Those of a CreateService; `compute` is where its tasks would run. */
export const featuresOfCreate = (
  { hookRefusal }: Pick<Ecs, 'hookRefusal'>,
  input: Create,
  compute: Strategy,
): UsedFeatures => ({
  ...computeFeatures(input, compute.capacityProviderStrategy),
  'the CODE_DEPLOY deployment controller': input.deploymentController?.type === 'CODE_DEPLOY',
  ...memberFeatures(hookRefusal, input),
});

/** Those of an UpdateService; `changed` is the service that would come of it. */
export const featuresOfUpdate = (
  { hookRefusal }: Pick<Ecs, 'hookRefusal'>,
  input: Update,
  changed: Service,
): UsedFeatures => ({
  ...computeFeatures({}, changed.capacityProviderStrategy),
  'changing the deploymentController':
    input.deploymentController && input.deploymentController.type !== changed.deploymentController,
  ...memberFeatures(hookRefusal, input),
});

/** Those of a CreateTaskSet. */
export const featuresOfTaskSet = (input: CreateTaskSet, compute: Strategy): UsedFeatures => ({
  ...computeFeatures(input, compute.capacityProviderStrategy),
  ...connectionFeatures(input),
});

/** What CreateService and UpdateService have in common. */
const memberFeatures = (hookRefusal: Ecs['hookRefusal'], input: Create | Update): UsedFeatures => ({
  'enableExecuteCommand (ECS Exec)': input.enableExecuteCommand,
  ...connectionFeatures(input),
  'serviceConnectConfiguration (Service Connect)': input.serviceConnectConfiguration?.enabled,
  volumeConfigurations: input.volumeConfigurations?.length,
  'vpcLatticeConfigurations (VPC Lattice)': input.vpcLatticeConfigurations?.length,
  gatewayConnectors: input.gatewayConnectors?.length,
  monitoring: input.monitoring,
  'deployment alarms (CloudWatch)': input.deploymentConfiguration?.alarms?.enable,
  earlySuccessCriteria: input.deploymentConfiguration?.earlySuccessCriteria?.enable,
  ...uncallableHooks(hookRefusal, input.deploymentConfiguration?.lifecycleHooks),
});

const connectionFeatures = (input: Create | Update | CreateTaskSet): UsedFeatures => ({
  loadBalancers: input.loadBalancers?.length,
  'serviceRegistries (service discovery)': input.serviceRegistries?.length,
});
