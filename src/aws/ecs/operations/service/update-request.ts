// What of an UpdateService the service's controller leaves to somebody else.
import type * as ecs from '../../shapes.generated.ts';
import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';

type UpdateInput = ecs.UpdateServiceRequest;

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

/** Throws InvalidParameterException for what cannot be updated on this service. */
export function refuseUpdate(input: UpdateInput, service: Service): void {
  if (service.deploymentController !== 'EXTERNAL') return;
  for (const [member, words] of Object.entries(taskSetMembers)) {
    if (input[member as keyof typeof taskSetMembers] === undefined) continue;
    throw invalidParameter(
      `Unable to update ${words} on services with a EXTERNAL deployment controller. Use CreateTaskSet to trigger a new deployment.`,
    );
  }
  if (input.forceNewDeployment) {
    throw invalidParameter(
      'Cannot force a new deployment on services with a EXTERNAL deployment controller. Use CreateTaskSet to trigger a new deployment.',
    );
  }
}
