// Tasks for tests: a whole one, of which a test names only what it is about.
import {
  containerArn,
  containerInstanceArn,
  clusterArn,
  taskArn,
  taskDefinitionArn,
} from '../../src/aws/ecs/state/arn.ts';
import type { Container, Task } from '../../src/aws/ecs/state/task/task.ts';
import { aScope } from './a-scope.ts';

/** A container `app` of task `t1`, not started yet. */
export const aContainer = (fields: Partial<Container> = {}): Container => ({
  arn: containerArn(aScope, 'default', 't1', fields.name ?? 'app'),
  name: 'app',
  image: 'busybox',
  essential: true,
  lastStatus: 'PENDING',
  healthStatus: 'UNKNOWN',
  networkBindings: [],
  cpu: 0,
  ...fields,
});

/** Task `t1` of `web:1` on instance `i1` in cluster `default`, PENDING and wanted RUNNING; `id`, `family` and `revision` set the ARNs too. */
export const aTask = (fields: Partial<Task> = {}): Task => ({
  ...aScope,
  version: 1,
  arn: taskArn(aScope, 'default', fields.id ?? 't1'),
  id: 't1',
  clusterArn: clusterArn(aScope, 'default'),
  clusterName: 'default',
  taskDefinitionArn: taskDefinitionArn(aScope, fields.family ?? 'web', fields.revision ?? 1),
  family: 'web',
  revision: 1,
  containerInstanceArn: containerInstanceArn(aScope, 'default', 'i1'),
  desiredStatus: 'RUNNING',
  lastStatus: 'PENDING',
  containers: [aContainer()],
  launchType: 'EC2',
  group: 'family:web',
  overrides: {},
  resources: { cpu: 0, memory: 128, ports: [], portsUdp: [] },
  tags: [],
  createdAt: Date.UTC(2026, 0, 1),
  ...fields,
});
