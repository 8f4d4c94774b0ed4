import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noResources } from '../agent-protocol/resources.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import { Commitment } from './commitment.ts';

const capacity = { ...noResources, cpu: 100, memory: 100 };
const reserved = { ...noResources, ports: [22] };
const sized = (name: string, cpu: number, memory: number, port?: number) =>
  aPayloadTask({
    arn: payloadTaskArn(name),
    containers: [
      aPayloadContainer({
        cpu,
        memory,
        portMappings: port === undefined ? [] : [{ containerPort: port, hostPort: port }],
      }),
    ],
  });

describe('Commitment', () => {
  it('complains exactly when the sum of what is held is more than there is', () => {
    const size = fc.integer({ min: 0, max: 60 });
    const steps = fc.array(fc.record({ cpu: size, memory: size, release: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (plan) => {
        const commitment = new Commitment(capacity, reserved);
        const held: { readonly arn: string; readonly cpu: number; readonly memory: number }[] = [];
        plan.forEach(({ cpu, memory, release }, at) => {
          const oldest = release ? held.shift() : undefined;
          if (oldest !== undefined) expect(commitment.release(oldest.arn)).toBe(true);
          const task = sized(String(at), cpu, memory);
          held.push({ arn: task.arn, cpu, memory });
          const sum = (what: 'cpu' | 'memory'): number => held.reduce((total, one) => total + one[what], 0);
          const fits = sum('cpu') <= capacity.cpu && sum('memory') <= capacity.memory;
          expect(commitment.take(task) === undefined).toBe(fits);
        });
      }),
    );
  });

  it('says what is missing', () => {
    const commitment = new Commitment(capacity, reserved);
    expect(commitment.take(sized('one', 90, 10, 8080))).toBeUndefined();
    expect(commitment.take(sized('two', 20, 10, 8080))).toBe(
      'asks for 20 CPU units where 10 are free, asks for tcp port 8080, which is taken',
    );
    const reservedOnly = new Commitment(capacity, reserved);
    expect(reservedOnly.take(sized('three', 0, 0, 22))).toBe('asks for tcp port 22, which is taken');
  });

  it('gives no GPU to two tasks, nor one that is not there', () => {
    const commitment = new Commitment({ ...capacity, gpuIds: ['a', 'b'] }, reserved);
    const withGpus = (name: string, ...gpuIds: string[]) => ({
      ...sized(name, 0, 0),
      associations: gpuIds.map((id) => ({ type: 'gpu', name: id, containers: ['main'] })),
    });
    expect(commitment.take(withGpus('one', 'a'))).toBeUndefined();
    expect(commitment.take(withGpus('two', 'a', 'c'))).toBe(
      'asks for the GPU a, which is taken, asks for the GPU c, which is not there',
    );
    expect(commitment.take(withGpus('three', 'b'))).toBeUndefined();
    commitment.release(payloadTaskArn('one'));
    commitment.release(payloadTaskArn('two'));
    expect(commitment.take(withGpus('four', 'a'))).toBeUndefined();
  });

  it('gives back only once', () => {
    const commitment = new Commitment(capacity, reserved);
    const task = sized('one', 60, 60);
    commitment.take(task);
    expect([commitment.release(task.arn), commitment.release(task.arn)]).toEqual([true, false]);
    expect(commitment.take(sized('two', 100, 100))).toBeUndefined();
    expect(commitment.take(sized('three', 1, 1))).toBeDefined();
  });
});
