import { describe, expect, test } from 'vitest';
import { aPayloadContainer, aPayloadTask } from '../../../test-support/builders/a-payload-task.ts';
import { fits, missingGpu, taskDemand } from './task-demand.ts';

describe('taskDemand', () => {
  test('task limits count in place of the containers’', () => {
    const task = aPayloadTask({
      cpu: 0.25,
      memory: 512,
      containers: [aPayloadContainer({ cpu: 10, memory: 32 })],
    });
    expect(taskDemand(task)).toMatchObject({ cpu: 256, memory: 512 });
  });

  test('without them the containers are summed, a reservation before a limit', () => {
    const task = aPayloadTask({
      containers: [
        aPayloadContainer({ cpu: 10, memory: 32 }),
        aPayloadContainer({
          name: 'b',
          cpu: 5,
          memory: 64,
          dockerConfig: { hostConfig: JSON.stringify({ MemoryReservation: 16 * 2 ** 20 }) },
        }),
      ],
    });
    expect(taskDemand(task)).toMatchObject({ cpu: 15, memory: 48 });
  });

  test.each([
    ['bridge', [8080], [53]],
    ['host', [80, 81], [53]],
    ['none', [], []],
  ])('static host ports count in %s mode, by protocol', (networkMode, ports, portsUdp) => {
    const task = aPayloadTask({
      networkMode,
      containers: [
        aPayloadContainer({
          portMappings: [
            { containerPort: 80, hostPort: 8080, protocol: 'tcp' },
            { containerPort: 53, hostPort: 53, protocol: 'udp' },
            { containerPort: 81, hostPort: 0, protocol: 'tcp' },
          ],
        }),
      ],
    });
    expect(taskDemand(task)).toMatchObject({ ports, portsUdp });
  });
});

test('GPUs are those that the payload names, and each must be there and free', () => {
  const task = aPayloadTask({
    containers: [aPayloadContainer(), aPayloadContainer({ name: 'b' })],
    associations: [
      { type: 'gpu', name: 'GPU-1', containers: ['main'] },
      { type: 'gpu', name: 'GPU-2', containers: ['b'] },
    ],
  });
  const demand = taskDemand(task);
  expect(demand.gpuIds).toEqual(['GPU-1', 'GPU-2']);
  expect(taskDemand(aPayloadTask())).not.toHaveProperty('gpuIds');
  const capacity = { cpu: 99, memory: 99, ports: [], portsUdp: [], gpuIds: ['GPU-1', 'GPU-2', 'GPU-3'] };
  const taken = (...gpuIds: string[]) => ({ cpu: 0, memory: 0, ports: [], portsUdp: [], gpuIds });
  expect(fits(capacity, taken('GPU-3'), demand)).toBe(true);
  expect(fits(capacity, taken('GPU-2'), demand)).toBe(false);
  expect(fits({ ...capacity, gpuIds: ['GPU-1'] }, taken(), demand)).toBe(false);
  expect(missingGpu(capacity, task)).toBeUndefined();
  expect(missingGpu({ ...capacity, gpuIds: ['GPU-1'] }, task)).toBe('GPU-2');
});

test('fits compares each resource by itself, up to the last unit', () => {
  const capacity = { cpu: 100, memory: 100, ports: [], portsUdp: [] };
  const taken = { cpu: 60, memory: 60, ports: [1], portsUdp: [2] };
  const demand = { cpu: 40, memory: 40, ports: [2], portsUdp: [1] };
  expect(fits(capacity, taken, demand)).toBe(true);
  expect(fits(capacity, taken, { ...demand, cpu: 41 })).toBe(false);
  expect(fits(capacity, taken, { ...demand, memory: 41 })).toBe(false);
  expect(fits(capacity, taken, { ...demand, ports: [1] })).toBe(false);
  expect(fits(capacity, taken, { ...demand, portsUdp: [2] })).toBe(false);
});
