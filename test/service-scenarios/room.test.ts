import { expect, test } from 'vitest';
import { containerOf } from './images.ts';
import { ServiceHarness } from './service-harness.ts';

test('task sets that lack tasks together get no more than the instances have room for', async () => {
  const harness = await ServiceHarness.open({ seed: 1, hosts: 1, zones: 1 });
  const room = harness.hosts[0]!.cpu / 256;
  const container = { ...containerOf('server'), cpu: 256, memory: 8 };
  harness.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [container] });
  harness.ask('CreateService', {
    serviceName: 'web',
    desiredCount: room - 2,
    deploymentController: { type: 'EXTERNAL' },
  });
  for (const externalId of ['one', 'other'])
    harness.ask('CreateTaskSet', {
      cluster: 'default',
      service: 'web',
      externalId,
      taskDefinition: 'web',
      scale: { value: 100, unit: 'PERCENT' },
    });
  await harness.clock.advance(60_000);
  expect(harness.violations).toEqual([]);
  const live = Map.groupBy(harness.tasks, ({ deploymentId }) => deploymentId);
  expect([...live.values()].map((tasks) => tasks.length).toSorted((a, b) => a - b)).toEqual([2, room - 2]);
});
