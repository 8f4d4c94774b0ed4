// The rules of what connects a service's tasks: load balancers and service registries. That nothing acts on them yet is
// told in unsupported.ts.
import type * as ecs from '../../shapes.generated.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { invalidParameter } from '../../errors.ts';

type ConnectionsInput = Pick<ecs.CreateServiceRequest, 'loadBalancers' | 'serviceRegistries'>;

const maxTargetGroups = 5;

/** Throws InvalidParameterException for what ECS refuses of them; `[]` is nothing. */
export function checkConnections(input: ConnectionsInput, definition: TaskDefinition | undefined): void {
  if (input.loadBalancers) checkLoadBalancers(input.loadBalancers, definition);
  if (input.serviceRegistries) checkRegistries(input.serviceRegistries, definition);
}

function checkLoadBalancers(
  input: readonly ecs.LoadBalancer[],
  definition: TaskDefinition | undefined,
): void {
  for (const balancer of input) {
    if (!balancer.targetGroupArn === !balancer.loadBalancerName) {
      throw invalidParameter('Specify either a targetGroupArn or a loadBalancerName for each load balancer.');
    }
    if (!balancer.containerName)
      throw invalidParameter('loadBalancers.containerName cannot be null or empty.');
    if (balancer.containerPort === undefined)
      throw invalidParameter('loadBalancers.containerPort cannot be null or empty.');
    if (definition) refuseUnknownPort(definition, balancer.containerName, balancer.containerPort);
  }
  const classic = input.filter((balancer) => balancer.loadBalancerName).length;
  if (classic > 1) throw invalidParameter('A service can have a maximum of 1 Classic Load Balancer.');
  if (input.length - classic > maxTargetGroups)
    throw invalidParameter(`load balancers can have a maximum of ${maxTargetGroups} items.`);
}

function refuseUnknownPort(definition: TaskDefinition, name: string, port: number | undefined): void {
  const container = definition.containerDefinitions.find((one) => one.name === name);
  if (!container) throw invalidParameter(`The container ${name} does not exist in the task definition.`);
  if (port === undefined || container.portMappings?.some((mapping) => mapping.containerPort === port)) return;
  throw invalidParameter(`The container ${name} did not have a container port ${port} defined.`);
}

function checkRegistries(
  input: readonly ecs.ServiceRegistry[],
  definition: TaskDefinition | undefined,
): void {
  if (input.length > 1) throw invalidParameter('service registries can have a maximum of 1 items.');
  for (const { registryArn, port, containerName, containerPort } of input) {
    if (!/^arn:[a-z-]+:servicediscovery:/.test(registryArn ?? ''))
      throw invalidParameter('serviceRegistries.registryArn should be the ARN of a Cloud Map service.');
    if (port !== undefined && containerPort !== undefined)
      throw invalidParameter('Specify either a port or a containerPort for a service registry, not both.');
    if (definition && containerName) refuseUnknownPort(definition, containerName, containerPort);
  }
}
