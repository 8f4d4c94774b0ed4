import { expect, test } from 'vitest';
import { containerOf } from './images.ts';
import { ServiceWorld } from './world.ts';

test('task sets that lack tasks together get no more than the instances have room for', async () => {
  const world = await ServiceWorld.open({ seed: 1, hosts: 1, zones: 1 });
  const room = world.hosts[0]!.instance.registeredResources.cpu / 256;
  const container = { ...containerOf('server'), cpu: 256, memory: 8 };
  world.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [container] });
  world.ask('CreateService', {
    serviceName: 'web',
    desiredCount: room - 2,
    deploymentController: { type: 'EXTERNAL' },
  });
  for (const externalId of ['one', 'other'])
    world.ask('CreateTaskSet', {
      cluster: 'default',
      service: 'web',
      externalId,
      taskDefinition: 'web',
      scale: { value: 100, unit: 'PERCENT' },
    });
  await world.clock.advance(60_000);
  expect(world.violations).toEqual([]);
  const live = Map.groupBy(world.tasks, ({ deploymentId }) => deploymentId);
  expect([...live.values()].map((tasks) => tasks.length).toSorted((a, b) => a - b)).toEqual([2, room - 2]);
});
