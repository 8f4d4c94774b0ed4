// Rows of a large fleet, in the shape and size that the API would store them.
import { hexId } from '../../src/lib/ids.ts';
import { seededRandom, type Random } from '../../src/lib/random.ts';
import {
  clusterArn,
  containerArn,
  containerInstanceArn,
  taskArn,
  taskDefinitionArn,
} from '../../src/aws/ecs/state/arn.ts';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import type { Scope } from '../../src/aws/shared/scope.ts';
import type { Container, Task } from '../../src/aws/ecs/state/task/task.ts';
import type { Unversioned } from '../../src/store/table.ts';

/** Where all of the fleet is. */
export const fleetScope: Scope = { accountId: '000000000000', region: 'us-east-1' };
export const fleetCluster = 'default';
const scope = fleetScope;
const clusterName = fleetCluster;
const start = Date.UTC(2026, 0, 1);

/** Makes instances and tasks from a seed: 20 services, one container with a published port a task. */
export class FleetRows {
  readonly #random: Random;

  constructor(seed = 1) {
    this.#random = seededRandom(seed);
  }

  instance(): Unversioned<ContainerInstance> {
    const id = hexId(this.#random);
    return {
      ...scope,
      arn: containerInstanceArn(scope, clusterName, id),
      id,
      clusterArn: clusterArn(scope, clusterName),
      clusterName,
      ec2InstanceId: `i-${hexId(this.#random, 17)}`,
      status: 'ACTIVE',
      registeredResources: {
        cpu: 16_384,
        memory: 65_536,
        ports: [22, 2375, 2376, 51678, 51679],
        portsUdp: [],
      },
      attributes: Array.from({ length: 30 }, (_, number) => ({ name: `ecs.capability.feature-${number}` })),
      versionInfo: { agentVersion: '1.90.0', agentHash: 'abcdef12', dockerVersion: 'DockerVersion: 25.0.8' },
      tags: [],
      registeredAt: start,
    };
  }

  task(number: number, instance: Pick<ContainerInstance, 'arn'>): Unversioned<Task> {
    const id = hexId(this.#random);
    const family = `family-${number % 20}`;
    const hostPort = 32_768 + (number % 28_000);
    return {
      ...scope,
      arn: taskArn(scope, clusterName, id),
      id,
      clusterArn: clusterArn(scope, clusterName),
      clusterName,
      taskDefinitionArn: taskDefinitionArn(scope, family, 12),
      family,
      revision: 12,
      containerInstanceArn: instance.arn,
      availabilityZone: 'us-east-1a',
      desiredStatus: 'RUNNING',
      lastStatus: 'RUNNING',
      containers: [this.#container(id, 'web', 80, hostPort)],
      launchType: 'EC2',
      group: `service:service-${number % 20}`,
      startedBy: `ecs-svc/${String(number % 20).padStart(19, '0')}`,
      overrides: { containerOverrides: [{ name: 'web' }] },
      resources: { cpu: 256, memory: 512, ports: [hostPort], portsUdp: [] },
      tags: [{ key: 'environment', value: 'production' }],
      createdAt: start + number,
      pullStartedAt: start + number + 100,
      pullStoppedAt: start + number + 200,
      startedAt: start + number + 300,
    };
  }

  #container(taskId: string, name: string, containerPort: number, hostPort: number): Container {
    return {
      arn: containerArn(scope, clusterName, taskId, hexId(this.#random)),
      name,
      image: `registry.example.com/team/${name}:2026-01-01`,
      essential: true,
      lastStatus: 'RUNNING',
      healthStatus: 'HEALTHY',
      networkBindings: [{ bindIP: '0.0.0.0', containerPort, hostPort, protocol: 'tcp' }],
      cpu: 128,
      memory: 256,
      runtimeId: hexId(this.#random, 64),
      imageDigest: `sha256:${hexId(this.#random, 64)}`,
    };
  }
}
