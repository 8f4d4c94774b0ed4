import { describe, expect, it } from 'vitest';
import { defaultAgentConfig } from './config.ts';
import {
  AgentSettingsError,
  interpretSettings,
  unsupportedSettings,
  type AgentSettings,
} from './agent-settings.ts';
import type { Variable } from './variables.ts';

type Vars = Partial<Record<Variable, string>>;

const read = (texts: Vars): AgentSettings => interpretSettings(texts as Record<string, string>);
const agent = (texts: Vars): AgentSettings['agent'] => read(texts).agent;
const problems = (texts: Vars): readonly string[] => {
  try {
    read(texts);
  } catch (error) {
    if (error instanceof AgentSettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('interpretSettings', () => {
  it('has the official defaults', () => {
    expect(read({})).toEqual({
      agent: defaultAgentConfig,
      endpoint: undefined,
      region: undefined,
      credentials: undefined,
      dockerHost: 'unix:///var/run/docker.sock',
      gpuSupport: false,
      logLevel: 'info',
      logFile: undefined,
    });
  });

  it('reads what connects the agent', () => {
    const texts: Vars = {
      ECS_BACKEND_HOST: 'http://10.0.0.1:4566/',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      DOCKER_HOST: 'tcp://engine:2375',
      ECS_DATADIR: '/var/lib/agent',
      ECS_LOGLEVEL: 'crit',
      ECS_LOGFILE: '/log/agent.log',
    };
    expect(read(texts)).toMatchObject({
      endpoint: 'http://10.0.0.1:4566',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'token' },
      dockerHost: 'tcp://engine:2375',
      dataDirectory: '/var/lib/agent',
      logLevel: 'error',
      logFile: '/log/agent.log',
    });
    for (const [input, expected] of [
      ['ecs.example', 'https://ecs.example'],
      ['ecs.example:4566/', 'https://ecs.example:4566'],
      ['http://control_plane:4566', 'http://control_plane:4566'],
      ['HTTPS://[fd00::5]:4566/a/', 'HTTPS://[fd00::5]:4566/a'],
      ['http://10.0.0.5', 'http://10.0.0.5'],
      ['http://a-1.b-2.', 'http://a-1.b-2.'],
    ] as const) {
      expect(read({ ECS_BACKEND_HOST: input }).endpoint).toBe(expected);
    }
  });

  it.each<[Variable, string, Partial<AgentSettings['agent']>]>([
    ['ECS_CLUSTER', 'prod', { cluster: 'prod' }],
    ['ECS_RESERVED_MEMORY', '256', { reservedMemory: 256 }],
    ['ECS_RESERVED_PORTS', '[22, 8080]', { reservedPorts: [22, 8080] }],
    ['ECS_RESERVED_PORTS_UDP', '[]', { reservedPortsUdp: [] }],
    ['ECS_DYNAMIC_HOST_PORT_RANGE', '40000-40100', { dynamicHostPortRange: { from: 40_000, to: 40_100 } }],
    [
      'ECS_INSTANCE_ATTRIBUTES',
      '{"stack":"blue","gpu":""}',
      { instanceAttributes: { stack: 'blue', gpu: '' } },
    ],
    ['ECS_CONTAINER_INSTANCE_TAGS', '{"team":"a"}', { tags: [{ key: 'team', value: 'a' }] }],
    ['ECS_DISABLE_METRICS', 'true', { disableMetrics: true }],
    ['ECS_DISABLE_METRICS', '0', { disableMetrics: false }],
    ['LONGSHORE_FAILURE_LOG_LINES', '0', { failureLogLines: 0 }],
    ['LONGSHORE_FAILURE_LOG_LINES', '50', { failureLogLines: 50 }],
    ['LONGSHORE_INTROSPECTION_PORT', '0', { introspectionPort: 0 }],
    ['ECS_AVAILABLE_LOGGING_DRIVERS', '["syslog"]', { availableLoggingDrivers: ['syslog'] }],
    ['ECS_DISABLE_PRIVILEGED', 'T', { privilegedDisabled: true }],
    ['ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION', '1s', { taskCleanupWaitDuration: 1_000 }],
    ['ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER', '1m', { taskCleanupWaitDurationJitter: 60_000 }],
    ['ECS_CONTAINER_STOP_TIMEOUT', '1s', { containerStopTimeout: 1_000 }],
    ['ECS_CONTAINER_START_TIMEOUT', '45s', { containerStartTimeout: 45_000 }],
    ['ECS_CONTAINER_CREATE_TIMEOUT', '1m', { containerCreateTimeout: 60_000 }],
    ['ECS_IMAGE_PULL_TIMEOUT', '10m', { imagePullTimeout: 600_000 }],
    ['ECS_IMAGE_PULL_BEHAVIOR', 'prefer-cached', { imagePullBehavior: 'prefer-cached' }],
  ])('%s=%s', (variable, value, expected) => {
    expect(agent({ [variable]: value })).toEqual({ ...defaultAgentConfig, ...expected });
  });

  it.each<[Variable, string, string]>([
    ...[
      'ftp://x',
      'h2c://10.0.0.5:4566',
      'coap+tcp://x',
      'http:/10.0.0.5',
      'http://',
      'http:///x',
      'not a URL',
      '%%%',
      '!!!',
      '---',
      '10.0.0.256:4566',
      '10.0.0.5:99999',
      'http://a:b@c',
      'http://x?y',
      'http://x#y',
      'a..b',
    ].map((value): [Variable, string, string] => [
      'ECS_BACKEND_HOST',
      value,
      'an http(s) URL such as http://10.0.0.5:4566',
    ]),
    ['DOCKER_HOST', '/var/run/docker.sock', 'unix:///path or tcp://host:port'],
    ['DOCKER_HOST', 'ssh://10.0.0.5', 'unix:///path or tcp://host:port'],
    ['ECS_RESERVED_MEMORY', '-1', 'a whole number, at least 0'],
    ['ECS_RESERVED_MEMORY', '1.5', 'a whole number, at least 0'],
    ['ECS_RESERVED_PORTS', '22,80', 'JSON, a list of ports such as [22,80]'],
    ['ECS_RESERVED_PORTS', '[70000]', 'JSON, a list of ports such as [22,80]'],
    ['ECS_DYNAMIC_HOST_PORT_RANGE', '5-4', 'a range of ports such as 49153-65535'],
    ['ECS_DYNAMIC_HOST_PORT_RANGE', '1-65536', 'a range of ports such as 49153-65535'],
    ['ECS_INSTANCE_ATTRIBUTES', '{"a":1}', 'JSON, a map of strings such as {"key":"value"}'],
    ['ECS_CONTAINER_INSTANCE_TAGS', '[]', 'JSON, a map of strings such as {"key":"value"}'],
    ['ECS_DISABLE_METRICS', 'yes', 'true or false'],
    ['LONGSHORE_FAILURE_LOG_LINES', '51', 'a whole number, 0 to 50'],
    ['LONGSHORE_INTROSPECTION_PORT', '65536', 'a whole number, 0 to 65535'],
    ['ECS_CONTAINER_STOP_TIMEOUT', '30', 'a duration such as 30s or 1h30m'],
    ['ECS_CONTAINER_STOP_TIMEOUT', '900ms', 'at least 1s'],
    ['ECS_CONTAINER_START_TIMEOUT', '44s', 'at least 45s'],
    ['ECS_CONTAINER_CREATE_TIMEOUT', '59s', 'at least 1m'],
    ['ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION', '0', 'at least 1s'],
    ['ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER', '-1s', 'at least 0s'],
    ['ECS_IMAGE_PULL_BEHAVIOR', 'never', 'one of default, always, once, prefer-cached'],
    ['ECS_LOGLEVEL', 'loud', 'one of debug, info, warn, error, crit, none'],
  ])('refuses %s=%s', (variable, value, expected) => {
    expect(problems({ [variable]: value })).toEqual([
      `${variable}: expected ${expected}, got ${JSON.stringify(value)}`,
    ]);
  });

  it('names the logging driver that it does not know', () => {
    expect(problems({ ECS_AVAILABLE_LOGGING_DRIVERS: '["json-file","papyrus"]' })).toEqual([
      expect.stringMatching(/^ECS_AVAILABLE_LOGGING_DRIVERS: .*awslogs.*papyrus/),
    ]);
  });

  it('tells of all that is wrong at once', () => {
    const found = problems({ ECS_DISABLE_METRICS: 'x', ECS_RESERVED_PORTS: 'x', ECS_BACKEND_HOST: ':' });
    expect(found).toHaveLength(3);
  });

  it('refuses half a key pair without showing it', () => {
    const expected = ['AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: expected both or neither'];
    expect(problems({ AWS_SECRET_ACCESS_KEY: 'hush' })).toEqual(expected);
    expect(problems({ AWS_ACCESS_KEY_ID: 'AKIA' })).toEqual(expected);
  });
});

describe('unsupportedSettings', () => {
  it('names each ECS_* variable and file field that has no effect, once', () => {
    const texts = { ECS_CLUSTER: 'a', ECS_ENABLE_TASK_ENI: 'true', PATH: '/bin', CNIPluginsPath: '/cni' };
    expect(
      unsupportedSettings(texts, { ECS_CLUSTER: 'a', CNIPluginsPath: '/cni' }).map(
        (line) => line.split(' ')[0],
      ),
    ).toEqual(['ECS_ENABLE_TASK_ENI', 'CNIPluginsPath']);
  });
});
