import { expect, test } from 'vitest';
import { containerOf } from '../../../../../test/service-scenarios/images.ts';
import { ServiceHarness } from '../../../../../test/service-scenarios/service-harness.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import { serviceEvents } from '../../state/service/service-events.ts';
import { serviceRevisions } from '../../state/service/deployment/service-revisions.ts';
import { services } from '../../state/service/services.ts';

const hour = 3_600_000;
const tables = [services, serviceEvents, deployments, serviceDeployments, serviceRevisions] as const;

const open = async (): Promise<ServiceHarness> => {
  const world = await ServiceHarness.open({ seed: 1, hosts: 1, zones: 1 });
  world.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf('server')] });
  return world;
};
const create = (world: ServiceHarness) =>
  world.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 });
const sizes = (world: ServiceHarness): number[] =>
  world.store.view((tx) => tables.map((table) => tx.table(table).size));

test('a deleted service is INACTIVE for a day, then nothing is left of it, and its name is new again', async () => {
  const world = await open();
  create(world);
  await world.clock.advance(hour);
  world.ask('DeleteService', { service: 'web', force: true });
  await world.clock.advance(23 * hour);
  const described = world.ask<{ services: object[] }>('DescribeServices', { services: ['web'] });
  expect(described.services).toMatchObject([{ status: 'INACTIVE' }]);
  await world.clock.advance(2 * hour);
  expect(sizes(world)).toEqual([0, 0, 0, 0, 0]);
  create(world);
  await world.clock.advance(hour);
  expect(world.ask('DescribeServices', { services: ['web'] })).toMatchObject({
    services: [{ status: 'ACTIVE', runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] }],
  });
  expect(world.violations).toEqual([]);
});

test('of a service that is deployed again and again, ninety days are on record', async () => {
  const world = await open();
  create(world);
  for (let day = 0; day < 100; day++) {
    await world.clock.advance(24 * hour);
    world.ask('UpdateService', { service: 'web', forceNewDeployment: true });
  }
  const [, , listed, told, revisions] = sizes(world);
  expect(told).toBeGreaterThanOrEqual(90);
  expect(told).toBeLessThanOrEqual(93);
  expect(listed).toBeLessThanOrEqual(93);
  expect(revisions).toBeLessThanOrEqual(94);
});
