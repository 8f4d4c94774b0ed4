import { expect, test } from 'vitest';
import { aTaskDefinition } from '../../../../../test-support/builders/a-task-definition.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { placementAttributes } from './placement-attributes.ts';

const limit = { name: 'ecs.capability.task-cpu-mem-limit' };
const sharing = { name: 'ecs.capability.pid-ipc-namespace-sharing' };
const arm = { name: 'ecs.cpu-architecture', value: 'arm64' };
const windows = { name: 'ecs.os-type', value: 'windows' };

test.each<[string, Partial<TaskDefinition>, object[]]>([
  ['of a plain definition are none', {}, []],
  ['are what ECS tells', { requiresAttributes: [{ name: 'x' }] }, [{ name: 'x' }]],
  ['of a sized task have its limits', { cpu: '256' }, [limit]],
  ['of a task with memory too', { memory: '64' }, [limit]],
  ['name a limit once', { cpu: '256', requiresAttributes: [limit] }, [limit]],
  ['have the architecture', { runtimePlatform: { cpuArchitecture: 'ARM64' } }, [arm]],
  ['have Windows', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }, [windows]],
  ['have no Linux', { runtimePlatform: { operatingSystemFamily: 'LINUX' } }, []],
  [
    'of what is for Fargate have neither size nor architecture',
    { cpu: '256', requiresCompatibilities: ['FARGATE'], runtimePlatform: { cpuArchitecture: 'ARM64' } },
    [],
  ],
  ['let every agent share with its host', { pidMode: 'host', requiresAttributes: [sharing] }, []],
  ['let every agent share nothing', { ipcMode: 'none', requiresAttributes: [sharing] }, []],
  ['need help to share within a task', { pidMode: 'task', requiresAttributes: [sharing] }, [sharing]],
])('%s', (_name, fields, expected) => {
  expect(placementAttributes(aTaskDefinition(fields))).toEqual(expected);
});
