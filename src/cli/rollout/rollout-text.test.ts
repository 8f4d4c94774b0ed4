import { expect, test } from 'vitest';
import type { Paint } from '../terminal/paint.ts';
import type { RolloutChange } from './diff-rollout.ts';
import { columnsFor, changeLine } from './rollout-text.ts';

const columns = { taskDefinition: 6, count: 2 };
const at = Date.UTC(2026, 0, 1) / 1000;
const deployment = {
  at,
  what: 'deployment',
  id: 'ecs-svc/1',
  status: 'ACTIVE',
  taskDefinition: 'web:1',
  state: 'COMPLETED',
  desiredCount: 10,
  runningCount: 9,
  pendingCount: 1,
  failedTasks: 0,
} as const;

test.each<[string, RolloutChange]>([
  [
    'event       (service web) has reached a steady state.',
    { at, what: 'event', id: 'e', message: '(service web) has reached a steady state.' },
  ],
  ['rollout     IN_PROGRESS', { at, what: 'rollout', status: 'IN_PROGRESS' }],
  [
    'rollout     ROLLBACK_IN_PROGRESS  stage BAKE_TIME  why',
    { at, what: 'rollout', status: 'ROLLBACK_IN_PROGRESS', lifecycleStage: 'BAKE_TIME', reason: 'why' },
  ],
  [
    'hook        AWAITING_ACTION  h1 until 2026-01-01T00:01:00Z: aws ecs continue-service-deployment --service-deployment-arn arn --hook-id h1',
    {
      at,
      what: 'hook',
      hookId: 'h1',
      status: 'AWAITING_ACTION',
      expiresAt: at + 60,
      serviceDeploymentArn: 'arn',
    },
  ],
  [
    'hook        SUCCEEDED  h1',
    { at, what: 'hook', hookId: 'h1', status: 'SUCCEEDED', serviceDeploymentArn: 'arn' },
  ],
  ['deployment  ACTIVE    web:1   COMPLETED     desired 10  running  9  pending  1  failed 0', deployment],
])('%s', (line, change) => {
  expect(changeLine(change, columns)).toBe(`2026-01-01T00:00:00Z  ${line}`);
});

test('colour moves no column', () => {
  const paint: Paint = (style, text) => `<${style}>${text}</>`;
  const plain = changeLine({ ...deployment, failedTasks: 3 }, columns);
  const painted = changeLine({ ...deployment, failedTasks: 3 }, columns, paint);
  expect(painted).toContain('<good>COMPLETED   </>');
  expect(painted).toContain('<bad>failed 3</>');
  expect(painted.replaceAll(/<[^>]*>/g, '')).toBe(plain);
});

test('columns are as wide as what is there, and as twice the tasks', () => {
  const deployments = [{ taskDefinition: 'arn:x/web:9' }, { taskDefinition: 'arn:x/web:10' }];
  expect(columnsFor({ deployments, desiredCount: 5 })).toEqual({ taskDefinition: 6, count: 2 });
});
