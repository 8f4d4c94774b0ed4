// What connects a service's tasks: load balancers, registries, networks, Service Connect, volumes. Nothing acts on any of
// them yet, so what ECS would take is refused by name, and what it would not take as ECS refuses it.
import type * as ecs from '@aws-sdk/client-ecs';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter, unsupportedFeature } from '../errors.ts';
import { refuseAsked } from '../task-definition/undeliverable.ts';
import { checkNetwork } from '../task/network.ts';

type Given = Input<
  Pick<
    ecs.CreateServiceRequest,
    | 'loadBalancers'
    | 'serviceRegistries'
    | 'networkConfiguration'
    | 'serviceConnectConfiguration'
    | 'volumeConfigurations'
    | 'vpcLatticeConfigurations'
    | 'gatewayConnectors'
    | 'monitoring'
  >
>;

const mostTargetGroups = 5;

/**
 * Throws InvalidParameterException or UnsupportedFeatureException unless the service stands alone, and its tasks get all
 * that their definition asks for; `[]` is nothing.
 */
export function refuseConnections(given: Given, definition: TaskDefinition | undefined): void {
  if (given.loadBalancers?.length) refuseLoadBalancers(given.loadBalancers, definition);
  if (given.serviceRegistries?.length) refuseRegistries(given.serviceRegistries, definition);
  if (definition) checkNetwork(definition, given.networkConfiguration);
  refuseAsked(
    {
      'serviceConnectConfiguration (Service Connect)': given.serviceConnectConfiguration?.enabled,
      volumeConfigurations: given.volumeConfigurations?.length,
      'vpcLatticeConfigurations (VPC Lattice)': given.vpcLatticeConfigurations?.length,
      gatewayConnectors: given.gatewayConnectors?.length,
      monitoring: given.monitoring,
    },
    definition,
  );
}

function refuseLoadBalancers(given: Input<ecs.LoadBalancer[]>, definition: TaskDefinition | undefined): void {
  for (const balancer of given) {
    if (!balancer.targetGroupArn === !balancer.loadBalancerName) {
      throw invalidParameter('Specify either a targetGroupArn or a loadBalancerName for each load balancer.');
    }
    if (!balancer.containerName)
      throw invalidParameter('loadBalancers.containerName cannot be null or empty.');
    if (balancer.containerPort === undefined)
      throw invalidParameter('loadBalancers.containerPort cannot be null or empty.');
    if (definition) refuseUnknownPort(definition, balancer.containerName, balancer.containerPort);
  }
  const classic = given.filter((balancer) => balancer.loadBalancerName).length;
  if (classic > 1) throw invalidParameter('A service can have a maximum of 1 Classic Load Balancer.');
  if (given.length - classic > mostTargetGroups)
    throw invalidParameter(`load balancers can have a maximum of ${mostTargetGroups} items.`);
  throw unsupportedFeature('loadBalancers');
}

function refuseUnknownPort(definition: TaskDefinition, name: string, port: number | undefined): void {
  const container = definition.containerDefinitions.find((one) => one.name === name);
  if (!container) throw invalidParameter(`The container ${name} does not exist in the task definition.`);
  if (port === undefined || container.portMappings?.some((mapping) => mapping.containerPort === port)) return;
  throw invalidParameter(`The container ${name} did not have a container port ${port} defined.`);
}

function refuseRegistries(given: Input<ecs.ServiceRegistry[]>, definition: TaskDefinition | undefined): void {
  if (given.length > 1) throw invalidParameter('service registries can have a maximum of 1 items.');
  for (const { registryArn, port, containerName, containerPort } of given) {
    if (!/^arn:[a-z-]+:servicediscovery:/.test(registryArn ?? ''))
      throw invalidParameter('serviceRegistries.registryArn should be the ARN of a Cloud Map service.');
    if (port !== undefined && containerPort !== undefined)
      throw invalidParameter('Specify either a port or a containerPort for a service registry, not both.');
    if (definition && containerName) refuseUnknownPort(definition, containerName, containerPort);
  }
  throw unsupportedFeature('serviceRegistries (service discovery)');
}
