import { describe, expect, test } from 'vitest';
import { apiMinor, capabilities } from '../config/capabilities.ts';
import { defaultAgentConfig } from '../config/config.ts';
import { capacity, registrationRequest, type EngineInfo } from './registration.ts';

const engine: EngineInfo = {
  version: '20.10.24+dfsg1',
  cpus: 4,
  memoryMiB: 8000,
  architecture: 'x86_64',
  loggingDrivers: ['json-file', 'syslog'],
};
const config = {
  ...defaultAgentConfig,
  availabilityZone: 'us-east-1a',
  reservedMemory: 500,
  instanceAttributes: { stack: 'blue', gpu: '' },
  tags: [{ key: 'k', value: 'v' }],
};
const request = (savedArn?: string) => registrationRequest(config, engine, 'default', savedArn, 'token');

test('the instance offers its cores in units and its memory less what is kept back', () => {
  expect(request()['totalResources']).toEqual([
    { name: 'CPU', type: 'INTEGER', integerValue: 4096 },
    { name: 'MEMORY', type: 'INTEGER', integerValue: 7500 },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '2375', '2376', '51678', '51679'] },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [] },
  ]);
});

test('GPUs are offered as devices, with the version of their driver', () => {
  const gpus = { driverVersion: '550.54', ids: ['GPU-a', 'GPU-b'] };
  const offered = registrationRequest({ ...config, gpus }, engine, 'default', undefined, 'token');
  expect(offered['platformDevices']).toEqual([
    { id: 'GPU-a', type: 'GPU' },
    { id: 'GPU-b', type: 'GPU' },
  ]);
  expect(offered['attributes']).toEqual(
    expect.arrayContaining([
      { name: 'ecs.capability.nvidia-driver-version.550.54' },
      { name: 'ecs.capability.gpu-driver-version', value: '550.54' },
    ]),
  );
  expect(capacity({ ...config, gpus }, engine).gpuIds).toEqual(['GPU-a', 'GPU-b']);
  expect(request()).not.toHaveProperty('platformDevices');
});

test('a divided host offers the agent’s share of it', () => {
  expect(capacity({ ...config, cpu: 1024, memory: 2000 }, engine)).toMatchObject({ cpu: 1024, memory: 1500 });
});

test('the first registration carries custom attributes, a return the saved instance', () => {
  const first = request();
  expect(first['attributes']).toEqual(
    expect.arrayContaining([
      { name: 'stack', value: 'blue' },
      { name: 'gpu' },
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.os-family', value: 'LINUX' },
      { name: 'ecs.cpu-architecture', value: 'x86_64' },
      { name: 'ecs.availability-zone', value: 'us-east-1a' },
    ]),
  );
  expect(first).not.toHaveProperty('containerInstanceArn');
  const again = request('arn');
  expect(again).toMatchObject({ containerInstanceArn: 'arn', clientToken: 'token', tags: config.tags });
  expect(again['attributes']).not.toContainEqual({ name: 'stack', value: 'blue' });
});

describe('capabilities', () => {
  test('name what the engine has and the owner allows', () => {
    const names = capabilities(
      { ...config, availableLoggingDrivers: ['json-file', 'none', 'awslogs'] },
      engine,
    );
    expect(names).toContain('com.amazonaws.ecs.capability.logging-driver.json-file');
    expect(names).toContain('com.amazonaws.ecs.capability.logging-driver.none');
    expect(names).not.toContain('com.amazonaws.ecs.capability.logging-driver.awslogs');
    expect(names).not.toContain('com.amazonaws.ecs.capability.logging-driver.syslog');
    expect(names).toContain('com.amazonaws.ecs.capability.privileged-container');
    expect(names).toContain('com.amazonaws.ecs.capability.docker-remote-api.1.41');
    expect(names).not.toContain('com.amazonaws.ecs.capability.docker-remote-api.1.42');
  });

  test('offer limits of tasks as a whole only where the agent can set them', () => {
    const limits = 'ecs.capability.task-cpu-mem-limit';
    expect(capabilities(config, engine)).not.toContain(limits);
    expect(capabilities(config, { ...engine, taskLimits: true })).toContain(limits);
  });

  test('leave out privileged containers where they are forbidden', () => {
    const names = capabilities({ ...config, privilegedDisabled: true }, engine);
    expect(names).not.toContain('com.amazonaws.ecs.capability.privileged-container');
  });

  test.each([
    ['28.2.2', 44],
    ['24.0.7', 43],
    ['20.10.24+dfsg1', 41],
    ['18.09.1', 39],
    ['master', 24],
  ])('engine %s is taken to speak API 1.%i', (version, api) => {
    expect(apiMinor(version)).toBe(api);
  });
});
