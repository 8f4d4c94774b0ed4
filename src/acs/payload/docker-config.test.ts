import { describe, expect, it } from 'vitest';
import { aContainerDefinition } from '../../../test-support/builders/a-task-definition.ts';
import type { ContainerDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { dockerConfig } from './docker-config.ts';

const cases: [Partial<ContainerDefinition>, object][] = [
  [{ user: '1000:1000' }, { User: '1000:1000' }],
  [{ workingDirectory: '/srv' }, { WorkingDir: '/srv' }],
  [{ hostname: 'web' }, { Hostname: 'web' }],
  [{ dockerLabels: { team: 'a' } }, { Labels: { team: 'a' } }],
  [{ pseudoTerminal: true }, { Tty: true }],
  [{ interactive: true }, { OpenStdin: true }],
  [{ disableNetworking: true }, { NetworkDisabled: true }],
  [
    { healthCheck: { command: ['CMD-SHELL', 'true'] } },
    { Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 30e9, Timeout: 5e9, Retries: 3 } },
  ],
  [
    { healthCheck: { command: ['CMD', 'x'], interval: 5, timeout: 2, retries: 1, startPeriod: 10 } },
    { Healthcheck: { Test: ['CMD', 'x'], Interval: 5e9, Timeout: 2e9, Retries: 1, StartPeriod: 10e9 } },
  ],
];

describe('dockerConfig', () => {
  it.each(cases)('turns %j into %j', (definition, expected) => {
    expect(JSON.parse(dockerConfig(aContainerDefinition(definition)) ?? '')).toEqual(expected);
  });

  it.each([{}, { dockerLabels: {} }])('has nothing to say of %j', (definition) => {
    expect(dockerConfig(aContainerDefinition(definition))).toBeUndefined();
  });
});
