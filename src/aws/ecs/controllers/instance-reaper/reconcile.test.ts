import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { reconcile } from './reconcile.ts';

const retention = 3_600_000;
const now = 10_000_000;
const inactive = (id: string, deregisteredAt: number | undefined) =>
  aContainerInstance({ id, status: 'INACTIVE', deregisteredAt });

test('forgets exactly the instances that are due and that no task tells of', () => {
  const one = fc.record({ deregisteredAt: fc.integer({ min: 0, max: now }), referred: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one), (input) => {
      const instances = input.map(({ deregisteredAt }, at) => inactive(`i${at}`, deregisteredAt));
      const referred = new Set(instances.filter((_, at) => input[at]!.referred).map(({ arn }) => arn));
      const plan = reconcile(instances, (arn) => referred.has(arn), retention, now);
      const due = instances.filter((instance) => instance.deregisteredAt! + retention <= now);
      expect(plan.forget).toEqual(due.map(({ arn }) => arn).filter((arn) => !referred.has(arn)));
      const waiting = instances.filter((instance) => !due.includes(instance));
      expect(plan.wakeAt).toBe(
        due.some(({ arn }) => referred.has(arn))
          ? now
          : Math.min(now + retention, ...waiting.map((instance) => instance.deregisteredAt! + retention)),
      );
    }),
  );
});

test('a row without the time of its deregistration is kept', () => {
  expect(reconcile([inactive('i1', undefined)], () => false, retention, now)).toEqual({
    forget: [],
    wakeAt: now + retention,
  });
});
