import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer, payloadTaskArn } from '../../../test-support/builders/a-payload-task.ts';
import { addResources, noResources } from '../../agent-protocol/resources.ts';
import { resourceQueue } from './resource-queue.ts';
import type { KnownTask } from '../task/known-task.ts';
import { taskDemand } from '../task/task-demand.ts';

const capacity = { cpu: 1000, memory: 1000, ports: [], portsUdp: [] };
const reserved = { ...noResources, ports: [22] };

const waiting = (order: number, cpu: number, hostPort = 0, overrides: Partial<KnownTask> = {}): KnownTask =>
  aKnownTask(
    {
      arn: payloadTaskArn(String(order)),
      containers: [aPayloadContainer({ cpu, memory: 10, portMappings: [{ containerPort: 80, hostPort }] })],
    },
    {},
    { order, admitted: false, ...overrides },
  );
const orders = (tasks: readonly KnownTask[]): number[] => tasks.map(({ order }) => order);

test('what fits is admitted in order of arrival, whatever the order of the list', () => {
  expect(orders(resourceQueue([waiting(2, 300), waiting(1, 300)], capacity, reserved))).toEqual([1, 2]);
});

test('one that does not fit holds up those behind it', () => {
  expect(
    orders(resourceQueue([waiting(1, 300), waiting(2, 800), waiting(3, 10)], capacity, reserved)),
  ).toEqual([1]);
});

test('one that is to stop anyway holds up nobody', () => {
  const tasks = [waiting(1, 2000, 0, { desiredStatus: 'STOPPED' }), waiting(2, 10)];
  expect(orders(resourceQueue(tasks, capacity, reserved))).toEqual([2]);
});

test('a host port is given once, and a reserved one never', () => {
  expect(orders(resourceQueue([waiting(1, 1, 8080), waiting(2, 1, 8080)], capacity, reserved))).toEqual([1]);
  expect(resourceQueue([waiting(1, 1, 22)], capacity, reserved)).toEqual([]);
});

test('never more than the instance has, nor a task before an earlier one', () => {
  const task = fc.tuple(fc.nat(600), fc.nat(3), fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(fc.array(task, { maxLength: 12 }), (drafts) => {
      const tasks = drafts.map(([cpu, port, admitted], at) =>
        waiting(at, cpu, port && 8000 + port, { admitted }),
      );
      const held = tasks.filter(({ admitted }) => admitted);
      const before = held.reduce((total, known) => addResources(total, taskDemand(known.task)), noResources);
      const chosen = resourceQueue(tasks, capacity, noResources);
      const after = chosen.reduce((total, known) => addResources(total, taskDemand(known.task)), before);
      if (chosen.length > 0) {
        expect(after.cpu).toBeLessThanOrEqual(capacity.cpu);
        const fresh = after.ports.slice(before.ports.length);
        expect(new Set(fresh).size).toBe(fresh.length);
        expect(fresh.filter((port) => before.ports.includes(port))).toEqual([]);
      }
      const queue = tasks.filter(({ admitted }) => !admitted);
      expect(orders(chosen)).toEqual(orders(queue.slice(0, chosen.length)));
    }),
  );
});
