import { describe, expect, it, test } from 'vitest';
import type { ExplainServiceOutput, FailedTask, Waiting } from '../../longshore/contract.ts';
import { explainServiceLines, healthRule, waitingLines } from './explain-service-text.ts';

const now = Date.UTC(2026, 0, 1) / 1000;
const answer = (fields: Partial<ExplainServiceOutput> = {}): ExplainServiceOutput => ({
  serviceArn: 'service/default/web',
  clusterArn: 'cluster/default',
  status: 'ACTIVE',
  schedulingStrategy: 'REPLICA',
  deploymentController: 'ECS',
  strategy: 'ROLLING',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  healthyCount: 2,
  unreachableCount: 0,
  taskDefinition: 'web:3',
  health: { checkedContainers: [], healthyAfterSeconds: 40, gracePeriodSeconds: 0 },
  deployments: [],
  waiting: [],
  failedTaskCount: 0,
  failedTasks: [],
  ...fields,
});
const failed: FailedTask = {
  taskArn: 'task/default/t1',
  taskDefinition: 'web:3',
  deploymentId: 'ecs-svc/1',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  stoppedAt: now,
  containers: [{ name: 'app', exitCode: 1, reason: 'why' }, { name: 'side' }],
};

describe('explainServiceLines', () => {
  it('is short of a service that is steady', () => {
    expect(explainServiceLines(answer(), now)).toEqual([
      'web (ACTIVE, REPLICA, ROLLING): 2 of 2 tasks running, 2 healthy; task definition web:3.',
      'A task without health checks counts as healthy once it has run for 40 s (--healthy-after of the server).',
      '',
      'It is waiting for nothing: the service is in its desired state.',
    ]);
  });

  it('tells deployments, the rollout and failed tasks', () => {
    const deployment = {
      id: 'ecs-svc/1',
      status: 'PRIMARY',
      taskDefinition: 'web:3',
      desiredCount: 2,
      runningCount: 1,
      pendingCount: 1,
      stoppingCount: 0,
      failedTasks: 4,
      unhealthyTasks: 1,
      rolloutState: 'IN_PROGRESS',
      createdAt: now,
    };
    const old = { ...deployment, status: 'ACTIVE', taskDefinition: 'web:12', stoppingCount: 2 };
    const rollout = {
      serviceDeploymentArn: 'arn',
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: 'It failed.',
      lifecycleStage: 'BAKE_TIME',
      circuitBreaker: { failureCount: 3, threshold: 3 },
    };
    const lines = explainServiceLines(
      answer({ deployments: [deployment, old], rollout, failedTasks: [failed], failedTaskCount: 7 }),
      now,
    );
    expect(lines.slice(2)).toEqual([
      '',
      'Deployments:',
      '  PRIMARY   web:3   IN_PROGRESS   desired 2  running 1  pending 1  failed 4  unhealthy 1',
      '  ACTIVE    web:12  IN_PROGRESS   desired 2  running 1  pending 1  failed 4  stopping 2  unhealthy 1',
      'The latest service deployment is ROLLBACK_IN_PROGRESS, at the stage BAKE_TIME: It failed. The circuit breaker has counted 3 of 3 failures.',
      '',
      'It is waiting for nothing: the service is in its desired state.',
      '',
      'Failed tasks, the latest first, 1 of 7:',
      '  2026-01-01T00:00:00Z  t1  web:3  Essential container in task exited',
      '    app: exit code 1, why',
    ]);
  });
});

test('the rule of health names the containers that have checks', () => {
  const health = { checkedContainers: ['app', 'side'], healthyAfterSeconds: 40, gracePeriodSeconds: 60 };
  expect(healthRule(answer({ health }))).toBe(
    'A task counts as healthy when the health checks of app, side pass; failures are ignored in the first 1m.',
  );
});

const soon = now + 10;
test.each<[string, Waiting]>([
  [
    'a new deployment: this one failed and starts no more tasks (Tasks failed to start).',
    { kind: 'failed', reason: 'Tasks failed to start.' },
  ],
  [
    'the launch backoff after 3 failed starts in succession: until 2026-01-01T00:00:10Z, in 10s.',
    { kind: 'heldBack', until: soon, failedTasks: 3 },
  ],
  [
    'the hook at POST_SCALE_UP, until 2026-01-01T00:00:10Z, in 10s: aws ecs continue-service-deployment --service-deployment-arn arn --hook-id h',
    { kind: 'hook', hookId: 'h', stage: 'POST_SCALE_UP', expiresAt: soon },
  ],
  ['the end of the bake time of 5m.', { kind: 'bake', minutes: 5 }],
  [
    'the replacement of 3 tasks with failing health checks: t1 (app, side) and more.',
    { kind: 'unhealthy', count: 3, tasks: [{ taskArn: 'task/t1', containers: ['app', 'side'] }] },
  ],
  [
    'capacity provider p to scale out, for 2 tasks in PROVISIONING.',
    { kind: 'capacity', capacityProviderName: 'p', count: 2 },
  ],
  ['1 task to run.', { kind: 'starting', count: 1 }],
  ['the health checks of 2 tasks to pass.', { kind: 'healthChecks', count: 2 }],
  [
    '2 tasks without health checks to have run for long enough: 2026-01-01T00:00:10Z, in 10s.',
    { kind: 'settling', count: 2, until: soon },
  ],
  ['2 tasks to stop.', { kind: 'stopping', count: 2 }],
  [
    'the end of the task protection of 1 task: 2026-01-01T00:00:10Z, in 10s.',
    { kind: 'protected', count: 1, until: soon },
  ],
  [
    'another deployment configuration, because this one allows no start and no stop: 2 tasks of at most 2 (maximumPercent 100), and 2 healthy of at least 2 (minimumHealthyPercent 100).',
    {
      kind: 'percents',
      tasks: 2,
      healthy: 2,
      minimum: 2,
      maximum: 2,
      minimumHealthyPercent: 100,
      maximumPercent: 100,
    },
  ],
  [
    'the placement of 2 tasks, tried once, last at 2026-01-01T00:00:00Z.',
    { kind: 'noPlace', missing: 2, attemptId: 'a', times: 1, at: now },
  ],
])('it waits for %s', (text, waiting) => {
  const rollout = { serviceDeploymentArn: 'arn', status: 'IN_PROGRESS' };
  expect(waitingLines(answer({ waiting: [waiting], rollout }), now)).toEqual([
    'It is waiting for:',
    `  - ${text}`,
  ]);
});

test('says how many of the tasks are on hosts that do not answer', () => {
  const lines = explainServiceLines(answer({ unreachableCount: 1 }), now);
  expect(lines[0]).toContain('2 of 2 tasks running (1 on hosts that do not answer), 2 healthy');
  expect(lines).toContain(
    'It is waiting for hosts that do not answer: 1 task ran there when they were last heard of.',
  );
});
