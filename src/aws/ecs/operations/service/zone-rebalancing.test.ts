import { describe, expect, test } from 'vitest';
import type { Service } from '../../state/service/service.ts';
import { checkedZoneRebalancing, newZoneRebalancing } from './zone-rebalancing.ts';
import { checkedDeploymentConfiguration } from './deployment-configuration.ts';

const kind = { schedulingStrategy: 'REPLICA', deploymentController: 'ECS' } as const;
const deploymentConfiguration = checkedDeploymentConfiguration({}, kind);
const plain = {
  ...kind,
  launchType: 'EC2',
  capacityProviderStrategy: [],
  placementStrategy: [],
  placementConstraints: [],
  deploymentConfiguration,
} as const;
type Facts = Parameters<typeof newZoneRebalancing>[1];
const zone = 'attribute:ecs.availability-zone';

const possible: Partial<Service>[] = [
  {},
  {
    placementStrategy: [
      { type: 'spread', field: zone },
      { type: 'binpack', field: 'cpu' },
    ],
  },
  {
    placementConstraints: [
      { type: 'distinctInstance' },
      { type: 'memberOf', expression: 'attribute:a == b' },
    ],
  },
  { deploymentConfiguration: { ...deploymentConfiguration, maximumPercent: 101 } },
  {
    launchType: 'EXTERNAL',
    capacityProviderStrategy: [{ capacityProvider: 'one', weight: 1, base: 0 }],
  },
];
const impossible: Partial<Service>[] = [
  { schedulingStrategy: 'DAEMON' },
  { deploymentController: 'EXTERNAL' },
  { launchType: 'EXTERNAL' },
  { deploymentConfiguration: { ...deploymentConfiguration, maximumPercent: 100 } },
  {
    placementStrategy: [
      { type: 'binpack', field: 'cpu' },
      { type: 'spread', field: zone },
    ],
  },
  { placementStrategy: [{ type: 'spread', field: 'instanceId' }] },
  { placementConstraints: [{ type: 'memberOf', expression: `${zone} == us-east-1a` }] },
];

describe.each(possible)('with %j', (fields) => {
  const facts: Facts = { ...plain, ...fields };
  test('a new service is rebalanced unless it does not want to be', () => {
    expect(newZoneRebalancing(undefined, facts)).toBe('ENABLED');
    expect(newZoneRebalancing('ENABLED', facts)).toBe('ENABLED');
    expect(newZoneRebalancing('DISABLED', facts)).toBe('DISABLED');
  });
});

describe.each(impossible)('with %j', (fields) => {
  const facts: Facts = { ...plain, ...fields };
  test('a service is not rebalanced, and cannot ask for it', () => {
    expect(newZoneRebalancing(undefined, facts)).toBe('DISABLED');
    expect(checkedZoneRebalancing('DISABLED', facts)).toBe('DISABLED');
    for (const check of [newZoneRebalancing, checkedZoneRebalancing])
      expect(() => check('ENABLED', facts)).toThrow('Availability Zone rebalancing is not supported with ');
  });
});
