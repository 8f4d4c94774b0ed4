import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { reconcile } from './reconcile.ts';

const retention = 3_600_000;
const now = 10_000_000;

test('forgets exactly the tasks that are due, and sleeps until the next one is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: now })), (times) => {
      const stopped = times.map((stoppedAt, at) => aTask({ id: `t${at}`, lastStatus: 'STOPPED', stoppedAt }));
      const plan = reconcile(stopped, retention, now);
      const kept = stopped.filter((task) => !plan.forget.includes(task.arn));
      expect(kept.every((task) => task.stoppedAt! + retention > now)).toBe(true);
      expect(stopped.length - kept.length).toBe(plan.forget.length);
      expect(
        plan.forget.every((arn) => stopped.find((task) => task.arn === arn)!.stoppedAt! + retention <= now),
      ).toBe(true);
      expect(plan.wakeAt).toBe(Math.min(now + retention, ...kept.map((task) => task.stoppedAt! + retention)));
    }),
  );
});
