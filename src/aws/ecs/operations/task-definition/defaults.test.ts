import { describe, expect, it, test } from 'vitest';
import { withDefaults } from './defaults.ts';

const ports = (networkMode: string, ...portMappings: { containerPort: number; hostPort?: number }[]) =>
  withDefaults({ name: 'a', portMappings }, networkMode).portMappings?.map(({ hostPort }) => hostPort);

test('a container is essential, takes no CPU and has empty lists where it says nothing', () => {
  expect(withDefaults({ name: 'a', image: 'i', memory: 6 }, 'bridge')).toEqual({
    name: 'a',
    image: 'i',
    memory: 6,
    cpu: 0,
    essential: true,
    portMappings: [],
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
  });
});

test('what it says stays', () => {
  const input = {
    name: 'a',
    cpu: 5,
    essential: false,
    portMappings: [{ containerPort: 53, hostPort: 5353, protocol: 'udp' as const }],
    environment: [{ name: 'A', value: 'B' }],
    mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }],
    volumesFrom: [{ sourceContainer: 'b' }],
    systemControls: [{ namespace: 'net.x', value: '1' }],
    healthCheck: { command: ['CMD', 'true'], interval: 5, timeout: 2, retries: 1, startPeriod: 9 },
  };
  expect(withDefaults(input, 'bridge')).toEqual(input);
});

test('an environment variable without a value is dropped, one with an empty value stays', () => {
  const environment = [{ name: 'NONE' }, { name: 'EMPTY', value: '' }, { name: 'A', value: '1' }];
  expect(withDefaults({ name: 'a', environment }, 'bridge').environment).toEqual([
    { name: 'EMPTY', value: '' },
    { name: 'A', value: '1' },
  ]);
});

test('a health check has ECS’s intervals, and no start period of its own', () => {
  expect(
    withDefaults({ name: 'a', healthCheck: { command: ['CMD', 'true'] } }, 'bridge').healthCheck,
  ).toEqual({
    command: ['CMD', 'true'],
    interval: 30,
    timeout: 5,
    retries: 3,
  });
});

describe('a host port', () => {
  it('is left to the agent in bridge mode', () => {
    expect(ports('bridge', { containerPort: 80 }, { containerPort: 81, hostPort: 8081 })).toEqual([0, 8081]);
  });

  it('is the container’s in host mode, also where 0 was given: there is no other', () => {
    expect(ports('host', { containerPort: 80 }, { containerPort: 81, hostPort: 0 })).toEqual([80, 81]);
  });
});
