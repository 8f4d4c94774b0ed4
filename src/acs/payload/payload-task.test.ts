import { describe, expect, it } from 'vitest';
import { aContainer, aTask } from '../../../test-support/builders/a-task.ts';
import { aContainerDefinition, aTaskDefinition } from '../../../test-support/builders/a-task-definition.ts';
import type { TaskDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import type { Task } from '../../aws/ecs/state/task/task.ts';
import { payloadTask } from './payload-task.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('payloadTask', () => {
  it('makes the whole task of a plain definition', () => {
    expect(plain(payloadTask(aTask(), aTaskDefinition()))).toEqual({
      arn: 'arn:aws:ecs:us-east-1:000000000000:task/default/t1',
      taskClusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
      taskDefinitionAccountId: '000000000000',
      family: 'web',
      version: '1',
      desiredStatus: 'RUNNING',
      group: 'family:web',
      launchType: 'EC2',
      networkMode: 'bridge',
      containers: [
        {
          name: 'app',
          image: 'busybox',
          containerArn: 'arn:aws:ecs:us-east-1:000000000000:container/default/t1/app',
          essential: true,
          environment: { AWS_EXECUTION_ENV: 'AWS_ECS_EC2' },
          cpu: 0,
          portMappings: [],
          dockerConfig: {},
        },
      ],
      volumes: [],
    });
  });

  const cases: [string, Partial<Task>, Partial<TaskDefinition>, object][] = [
    ['counts task CPU in vCPU', { cpuLimit: 256, memoryLimit: 512 }, {}, { cpu: 0.25, memory: 512 }],
    [
      'names the service of its group',
      { group: 'service:shop' },
      {},
      { group: 'service:shop', serviceName: 'shop' },
    ],
    ['passes the network mode on', {}, { networkMode: 'host' }, { networkMode: 'host' }],
    [
      'passes pid and ipc modes on',
      {},
      { pidMode: 'host', ipcMode: 'none' },
      { pidMode: 'host', ipcMode: 'none' },
    ],
    ['passes the launch type on', { launchType: 'EXTERNAL' }, {}, { launchType: 'EXTERNAL' }],
    ['carries volumes', {}, { volumes: [{ name: 'v' }] }, { volumes: [{ name: 'v', host: {} }] }],
    [
      'keeps its containers when it is to stop',
      { desiredStatus: 'STOPPED' },
      {},
      { desiredStatus: 'STOPPED', containers: [expect.objectContaining({ name: 'app', image: 'busybox' })] },
    ],
  ];

  it.each(cases)('%s', (_, task, definition, expected) => {
    expect(plain(payloadTask(aTask(task), aTaskDefinition(definition)))).toMatchObject(expected);
  });

  it('gives each container its own definition, whatever their order', () => {
    const task = aTask({ containers: [aContainer({ name: 'b' }), aContainer({ name: 'a' })] });
    const containerDefinitions = [
      aContainerDefinition({ name: 'a', command: ['a'] }),
      aContainerDefinition({ name: 'b', command: ['b'] }),
    ];
    const { containers } = payloadTask(task, aTaskDefinition({ containerDefinitions }));
    expect(containers.map(({ name, command }) => [name, command])).toEqual([
      ['b', ['b']],
      ['a', ['a']],
    ]);
  });

  it('associates each GPU with the container that it was given to', () => {
    const task = aTask({
      containers: [
        aContainer({ name: 'app', gpuIds: ['GPU-1', 'GPU-2'] }),
        aContainer({ name: 'side' }),
        aContainer({ name: 'other', gpuIds: ['GPU-3'] }),
      ],
    });
    const containerDefinitions = ['app', 'side', 'other'].map((name) => aContainerDefinition({ name }));
    expect(payloadTask(task, aTaskDefinition({ containerDefinitions })).associations).toEqual([
      { type: 'gpu', name: 'GPU-1', containers: ['app'] },
      { type: 'gpu', name: 'GPU-2', containers: ['app'] },
      { type: 'gpu', name: 'GPU-3', containers: ['other'] },
    ]);
  });

  it('can stop a task without its definition, but not start it', () => {
    expect(payloadTask(aTask({ desiredStatus: 'STOPPED' }), undefined).containers).toEqual([]);
    expect(() => payloadTask(aTask(), undefined)).toThrow('is gone');
  });

  it('refuses a container that its definition does not have', () => {
    const task = aTask({ containers: [aContainer({ name: 'ghost' })] });
    expect(() => payloadTask(task, aTaskDefinition())).toThrow('container ghost is not in');
  });
});
