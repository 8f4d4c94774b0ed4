// What of an UpdateService the service's controller leaves to somebody else, and what is not built.
import type * as ecs from '@aws-sdk/client-ecs';
import type { Service } from '../../../model/service.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter, unsupportedFeature } from '../errors.ts';
import { refusePlatformVersion } from '../task/compute.ts';

type Given = Input<ecs.UpdateServiceRequest>;

/** Members that an EXTERNAL service takes from its task sets, and the words ECS has for them. */
const taskSetMembers = {
  taskDefinition: 'task definition',
  networkConfiguration: 'network parameters',
  capacityProviderStrategy: 'capacity provider strategy',
  platformVersion: 'platform version',
  loadBalancers: 'load balancers',
  serviceRegistries: 'service registries',
  deploymentConfiguration: 'deployment configuration',
  serviceConnectConfiguration: 'service connect configuration',
  volumeConfigurations: 'volume configurations',
  availabilityZoneRebalancing: 'availability zone rebalancing',
} as const;

/** Throws InvalidParameterException or UnsupportedFeatureException for what cannot be updated on this service. */
export function refuseUpdate(given: Given, service: Service): void {
  if (given.deploymentController && given.deploymentController.type !== service.deploymentController) {
    throw unsupportedFeature('changing the deploymentController');
  }
  if (service.deploymentController === 'EXTERNAL') refuseTaskSetMembers(given);
  refusePlatformVersion(given.platformVersion);
  if (given.enableExecuteCommand) throw unsupportedFeature('enableExecuteCommand (ECS Exec)');
}

function refuseTaskSetMembers(given: Given): void {
  for (const [member, words] of Object.entries(taskSetMembers)) {
    if (given[member as keyof typeof taskSetMembers] === undefined) continue;
    throw invalidParameter(
      `Unable to update ${words} on services with a EXTERNAL deployment controller. Use CreateTaskSet to trigger a new deployment.`,
    );
  }
  if (given.forceNewDeployment) {
    throw invalidParameter(
      'Cannot force a new deployment on services with a EXTERNAL deployment controller. Use CreateTaskSet to trigger a new deployment.',
    );
  }
}
