// Task definitions for tests: a whole one, of which a test names only what it is about.
import { taskDefinitionArn } from '../../src/aws/ecs/state/arn.ts';
import type {
  ContainerDefinition,
  TaskDefinition,
} from '../../src/aws/ecs/state/task-definition/task-definition.ts';
import { aScope } from './a-scope.ts';

/** The definition of container `app`, as ECS would return it. */
export const aContainerDefinition = (fields: Partial<ContainerDefinition> = {}): ContainerDefinition => ({
  name: 'app',
  image: 'busybox',
  cpu: 0,
  memory: 128,
  essential: true,
  portMappings: [],
  environment: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  ...fields,
});

/** `web:1`, with one container `app`. */
export const aTaskDefinition = (fields: Partial<TaskDefinition> = {}): TaskDefinition => ({
  ...aScope,
  version: 1,
  arn: taskDefinitionArn(aScope, fields.family ?? 'web', fields.revision ?? 1),
  family: 'web',
  revision: 1,
  status: 'ACTIVE',
  containerDefinitions: [aContainerDefinition()],
  volumes: [],
  placementConstraints: [],
  compatibilities: ['EXTERNAL', 'EC2'],
  requiresAttributes: [],
  tags: [],
  registeredAt: Date.UTC(2026, 0, 1),
  registeredBy: 'arn:aws:iam::000000000000:user/admin',
  ...fields,
});
