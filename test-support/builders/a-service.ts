// Services for tests: a whole one, of which a test names only what it is about.
import { clusterArn, serviceArn } from '../../src/aws/ecs/state/arn.ts';
import type { Service } from '../../src/aws/ecs/state/service/service.ts';
import { aScope } from './a-scope.ts';

/** Service `web` of two tasks in cluster `default`, ROLLING and without a deployment; `name` sets the ARN too. */
export const aService = (fields: Partial<Service> = {}): Service => ({
  ...aScope,
  version: 1,
  arn: serviceArn(aScope, 'default', fields.name ?? 'web'),
  name: 'web',
  clusterArn: clusterArn(aScope, 'default'),
  clusterName: 'default',
  status: 'ACTIVE',
  schedulingStrategy: 'REPLICA',
  deploymentController: 'ECS',
  desiredCount: 2,
  launchType: 'EC2',
  capacityProviderStrategy: [],
  deploymentConfiguration: {
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
    deploymentCircuitBreaker: { enable: false, rollback: false },
    alarms: { alarmNames: [], enable: false, rollback: false },
    lifecycleHooks: [],
  },
  placementConstraints: [],
  placementStrategy: [],
  availabilityZoneRebalancing: 'ENABLED',
  healthCheckGracePeriodSeconds: 0,
  enableECSManagedTags: false,
  propagateTags: 'NONE',
  tags: [],
  lastDeploymentNumber: 0,
  requestDigest: '',
  createdBy: 'arn:aws:iam::000000000000:user/admin',
  createdAt: Date.UTC(2026, 0, 1),
  ...fields,
});
