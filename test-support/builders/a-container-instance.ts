// Container instances for tests: a whole one, of which a test names only what it is about.
import { clusterArn, containerInstanceArn } from '../../src/aws/ecs/state/arn.ts';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import { aScope } from './a-scope.ts';

/** Instance `i1` of cluster `default` with 4 cores and 8 GiB; `id` sets the ARN too. */
export const aContainerInstance = (fields: Partial<ContainerInstance> = {}): ContainerInstance => ({
  ...aScope,
  version: 1,
  arn: containerInstanceArn(aScope, 'default', fields.id ?? 'i1'),
  id: 'i1',
  clusterArn: clusterArn(aScope, 'default'),
  clusterName: 'default',
  status: 'ACTIVE',
  registeredResources: { cpu: 4096, memory: 8192, ports: [22, 2375, 2376, 51678, 51679], portsUdp: [] },
  attributes: [],
  versionInfo: {},
  tags: [],
  registeredAt: Date.UTC(2026, 0, 1),
  ...fields,
});
