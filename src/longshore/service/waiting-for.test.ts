import { describe, expect, it, test } from 'vitest';
import { aService } from '../../../test-support/builders/a-service.ts';
import { aContainerDefinition, aTaskDefinition } from '../../../test-support/builders/a-task-definition.ts';
import { aContainer, aTask } from '../../../test-support/builders/a-task.ts';
import { newDeployment, type Deployment } from '../../aws/ecs/state/service/deployment/deployment.ts';
import {
  newServiceDeployment,
  type ServiceDeployment,
} from '../../aws/ecs/state/service/deployment/service-deployment.ts';
import { noMoves } from '../../aws/ecs/scheduler/service/plan.ts';
import type { Waiting } from '../contract.ts';
import type { ServiceView, SeenTask } from './service-view.ts';
import { waitingFor } from './waiting-for.ts';
import type { HealthStatus } from '../../agent-protocol/container-report.ts';

const now = Date.UTC(2026, 0, 1);
const service = aService({ desiredCount: 1 });
const primary: Deployment = {
  ...newDeployment(
    service,
    { arn: 'revision', taskDefinitionArn: 'web:1' },
    { id: 'ecs-svc/1', number: 1, serviceDeploymentArn: 'rollout', now },
  ),
  version: 1,
};
const rollout = (fields: Partial<ServiceDeployment>): ServiceDeployment => ({
  ...newServiceDeployment(service, {
    arn: 'rollout',
    number: 1,
    deploymentId: primary.id,
    sourceRevisionArns: [],
    targetRevisionArn: 'revision',
    now,
  }),
  version: 1,
  ...fields,
});
const definition = aTaskDefinition({
  containerDefinitions: [aContainerDefinition({ healthCheck: { command: ['CMD', 'true'] } })],
});
const seenTask = (health: Partial<SeenTask>, healthStatus: HealthStatus = 'UNKNOWN'): SeenTask => ({
  task: aTask({
    deploymentId: primary.id,
    lastStatus: 'RUNNING',
    containers: [aContainer({ healthStatus }), aContainer({ name: 'side', healthStatus: 'UNKNOWN' })],
  }),
  isHealthy: false,
  isUnhealthy: false,
  ...health,
});
const seen = (fields: Partial<ServiceView>): ServiceView => ({
  service,
  deployments: [primary],
  taskSets: [],
  wanted: [seenTask({ isHealthy: true }, 'HEALTHY')],
  stoppingCount: 0,
  moves: noMoves,
  unprotectedMoves: noMoves,
  ...fields,
});

test('a service that has all it wants waits for nothing', () => {
  expect(waitingFor(seen({}), now)).toEqual([]);
});

test.each<[string, Partial<ServiceView>, Waiting]>([
  [
    'a deployment that failed',
    { deployments: [{ ...primary, rolloutState: 'FAILED', rolloutStateReason: 'why' }] },
    { kind: 'failed', reason: 'why' },
  ],
  [
    'the end of a hold-back',
    {
      deployments: [{ ...primary, failedTasks: 4, scheduling: { lastFailureAt: now } }],
      wanted: [],
      moves: { ...noMoves, missing: 1 },
    },
    { kind: 'heldBack', until: now / 1000 + 20, failedTasks: 4 },
  ],
  [
    'a hook',
    {
      rollout: rollout({
        lifecycleHooks: [
          {
            id: 'h1',
            targetType: 'PAUSE',
            stage: 'POST_SCALE_UP',
            status: 'AWAITING_ACTION',
            expiresAt: now + 60_000,
            timeoutAction: 'ROLLBACK',
          },
          {
            id: 'h0',
            targetType: 'PAUSE',
            stage: 'PRE_SCALE_UP',
            status: 'SUCCEEDED',
            timeoutAction: 'ROLLBACK',
          },
        ],
      }),
    },
    { kind: 'hook', hookId: 'h1', stage: 'POST_SCALE_UP', expiresAt: now / 1000 + 60 },
  ],
  [
    'the bake time',
    {
      rollout: rollout({
        lifecycleStage: 'BAKE_TIME',
        deploymentConfiguration: { ...service.deploymentConfiguration, bakeTimeInMinutes: 5 },
      }),
    },
    { kind: 'bake', minutes: 5 },
  ],
  [
    'the replacement of what fails its checks',
    { wanted: [seenTask({ isUnhealthy: true }, 'UNHEALTHY')] },
    { kind: 'unhealthy', count: 1, tasks: [{ taskArn: aTask().arn, containers: ['app'] }] },
  ],
  [
    'checks that have not passed yet',
    { wanted: [seenTask({ definition })] },
    { kind: 'healthChecks', count: 1 },
  ],
  [
    'time, without checks',
    { wanted: [seenTask({ changesAt: now + 5_000 })] },
    { kind: 'settling', count: 1, until: now / 1000 + 5 },
  ],
  ['tasks to stop', { stoppingCount: 2 }, { kind: 'stopping', count: 2 }],
  [
    'capacity',
    {
      wanted: [
        seenTask({
          task: aTask({
            deploymentId: primary.id,
            lastStatus: 'PROVISIONING',
            containerInstanceArn: undefined,
            capacityProviderName: 'p',
          }),
        }),
      ],
    },
    { kind: 'capacity', capacityProviderName: 'p', count: 1 },
  ],
])('it waits for %s', (_name, fields, waiting) => {
  expect(waitingFor(seen(fields), now)).toEqual([waiting]);
});

describe('a rollout that is over', () => {
  it('has no hooks and no stages any more', () => {
    const over = rollout({ lifecycleStage: 'BAKE_TIME', finishedAt: now });
    expect(waitingFor(seen({ rollout: over }), now)).toEqual([]);
  });
});

test('percents that allow nothing are told in numbers, as the scheduler is stuck by them', () => {
  expect(waitingFor(seen({ moves: { ...noMoves, missing: 1, isStuck: true } }), now)).toEqual([
    {
      kind: 'percents',
      tasks: 1,
      healthy: 1,
      minimum: 1,
      maximum: 2,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
    },
  ]);
});

describe('protected tasks', () => {
  const stays = seenTask({
    isHealthy: true,
    task: aTask({ deploymentId: 'ecs-svc/0', lastStatus: 'RUNNING', protectedUntil: now + 60_000 }),
  });

  const stop = [{ arn: stays.task.arn, because: 'scaling' as const }];
  const unprotectedMoves = { ...noMoves, stop };

  it('are waited for when the scheduler would stop them', () => {
    const until = now / 1000 + 60;
    const held = seen({ wanted: [stays], unprotectedMoves });
    expect(waitingFor(held, now)).toEqual([{ kind: 'protected', count: 1, until }]);
    expect(waitingFor(held, now + 60_000)).toEqual([]);
  });

  it('are not when they are what is wanted', () => {
    expect(waitingFor(seen({ wanted: [stays] }), now)).toEqual([]);
  });
});
