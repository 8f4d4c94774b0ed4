import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog, type Log } from '../lib/log.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { AbsenceLog } from './absence-log.ts';

const instance = (number: number) => ({
  containerInstanceArn: `arn:aws:ecs:us-east-1:000000000000:container-instance/default/i${number}`,
  hostName: `box-${number}`,
});

describe('instances that are known at the start', () => {
  let clock: VirtualClock;
  let told: string[];
  let absences: AbsenceLog;
  beforeEach(() => {
    clock = new VirtualClock();
    told = [];
    const warn = (_fields: object, message: string): void => void told.push(message);
    const log: Log = { ...silentLog, warn, child: () => log };
    absences = new AbsenceLog(clock, log);
  });

  it('and do not come back are told of in one line, and each when it is back', async () => {
    absences.expect([1, 2, 3].map(instance));
    await clock.advance(20_000);
    absences.returned(instance(2));
    await clock.advance(129_999);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told.splice(0)).toEqual([
      '2 container instances have not come back since the start of the control plane: box-1 (i1), box-3 (i3). Their tasks may still run.',
    ]);
    await clock.advance(50_000);
    absences.returned(instance(3));
    expect(told).toEqual(['A container instance is back after 200 s.']);
  });

  it('are not told of when all are back, are deregistered, or the control plane ends', async () => {
    absences.expect([1, 2].map(instance));
    absences.returned(instance(1));
    absences.forget(instance(2).containerInstanceArn);
    expect(clock.nextAt()).toBeUndefined();
    absences.expect([instance(3)]);
    absences.close();
    expect(clock.nextAt()).toBeUndefined();
    await clock.advance(600_000);
    expect(told).toEqual([]);
  });

  it('are named in a line that a person can read, however many they are', async () => {
    absences.expect(Array.from({ length: 5000 }, (_, number) => instance(number)));
    await clock.advance(600_000);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^5000 container instances have .*, box-9 \(i9\) and 4990 more\. Their tasks may/,
    );
  });

  it('and come back and leave again are told of like any other', async () => {
    absences.expect([instance(1)]);
    absences.returned(instance(1));
    absences.left(instance(1));
    await clock.advance(600_000);
    expect(told).toEqual([
      'A container instance does not answer: its agent has been away for 10 s. Its tasks may still run.',
    ]);
  });
});
