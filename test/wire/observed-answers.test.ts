import { expect, test } from 'vitest';
import { observeCall } from '../../test-support/observed-answers.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

test('each answer is kept once with the test that saw it', async ({ task }) => {
  const rig = await EcsRig.open();
  await rawCall(rig, 'ListClusters', {});
  await rawCall(rig, 'ListClusters', {});
  await rawCall(rig, 'ListTasks', { cluster: 'nope' });
  expect(task.meta.answers).toEqual(['ListClusters OK', 'ListTasks ClusterNotFoundException']);
});

test('what chance decides is kept as a call alone', ({ task }) => {
  observeCall('RunTask');
  observeCall('RunTask');
  expect(task.meta.answers).toEqual(['RunTask any']);
});
