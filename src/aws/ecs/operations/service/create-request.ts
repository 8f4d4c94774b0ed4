// What of a CreateService can be checked without looking at anything that exists.
import type * as ecs from '../../shapes.generated.ts';
import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';
import { refuseCompute } from '../task/compute.ts';
import { checkedClientToken } from './client-token.ts';
import { checkedDesiredCount } from './desired-count.ts';

type CreateInput = ecs.CreateServiceRequest;

export type CreateRequest = Pick<
  Service,
  'name' | 'clientToken' | 'schedulingStrategy' | 'deploymentController' | 'desiredCount'
>;

/** Members that the EXTERNAL controller takes from task sets. */
const taskSetMembers = [
  'taskDefinition',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
] as const;

/** Throws InvalidParameterException for what ECS refuses. */
export function checkedCreateRequest(input: CreateInput): CreateRequest {
  const name = input.serviceName ?? '';
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    throw invalidParameter('serviceName should have 1 to 255 letters, numbers, hyphens or underscores.');
  }
  const clientToken = checkedClientToken(input.clientToken);
  const schedulingStrategy = input.schedulingStrategy ?? 'REPLICA';
  const deploymentController = checkedController(input, schedulingStrategy);
  refuseCompute(input);
  if (input.role && !input.loadBalancers?.length)
    throw invalidParameter('A role is only permitted for a service that uses a load balancer.');
  const desiredCount = newDesiredCount(input, schedulingStrategy, deploymentController);
  return { name, clientToken, schedulingStrategy, deploymentController, desiredCount };
}

function checkedController(
  input: CreateInput,
  schedulingStrategy: Service['schedulingStrategy'],
): Service['deploymentController'] {
  const controller = input.deploymentController?.type ?? 'ECS';
  if (controller === 'ECS') {
    if (!input.taskDefinition) throw invalidParameter('taskDefinition cannot be null or empty.');
    return controller;
  }
  if (schedulingStrategy === 'DAEMON') {
    throw invalidParameter(
      `The daemon scheduling strategy does not support the ${controller} deployment controller.`,
    );
  }
  if (controller === 'CODE_DEPLOY') return checkedCodeDeploy(input);
  refuseTaskSetMembers(input);
  return controller;
}

/** Checked like ECS until it is refused with all else that is not built, once the definition is known. */
function checkedCodeDeploy(input: CreateInput): 'ECS' {
  if (!input.taskDefinition) throw invalidParameter('taskDefinition cannot be null or empty.');
  if (!input.loadBalancers?.length)
    throw invalidParameter('A service with the CODE_DEPLOY deployment controller needs a load balancer.');
  return 'ECS';
}

function refuseTaskSetMembers(input: CreateInput): void {
  const isSet = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== undefined);
  const member = taskSetMembers.find((name) => isSet(input[name]));
  if (member === undefined) return;
  throw invalidParameter(
    `${member} is not supported when you create a service with the EXTERNAL deployment controller. Specify it in CreateTaskSet.`,
  );
}

function newDesiredCount(
  { desiredCount }: CreateInput,
  schedulingStrategy: Service['schedulingStrategy'],
  controller: Service['deploymentController'],
): number {
  if (desiredCount !== undefined) return checkedDesiredCount(desiredCount, schedulingStrategy);
  if (schedulingStrategy === 'REPLICA' && controller === 'ECS')
    throw invalidParameter('desiredCount cannot be null or empty.');
  return 0;
}
