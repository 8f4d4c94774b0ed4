import { expect, test } from 'vitest';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { isAbandoned, withoutProvisioning, withScheduling } from './task-scheduling.ts';

const provisioningRequest = { requiresAttributes: [], constraints: [], strategies: [] };

test('what the scheduler notes of a task later leaves what it noted before', () => {
  const replaced = withScheduling(aTask(), { replaceAsked: true });
  expect(replaced).toEqual(aTask({ scheduling: { replaceAsked: true } }));
  const abandoned = withScheduling(replaced, { abandonedAt: 5 });
  expect(abandoned).toEqual(aTask({ scheduling: { replaceAsked: true, abandonedAt: 5 } }));
  expect([aTask(), replaced, abandoned].map(isAbandoned)).toEqual([false, false, true]);
});

test('a task that no longer waits for capacity keeps the rest of it, or no member at all', () => {
  const placementConstraints = [{ type: 'distinctInstance' }] as const;
  const left = (scheduling?: object) => withoutProvisioning(aTask({ scheduling }));
  expect(left({ provisioningRequest, placementConstraints })).toStrictEqual({ placementConstraints });
  expect(left({ provisioningRequest })).toBeUndefined();
  expect(left({ replaceAsked: true })).toEqual({ replaceAsked: true });
  expect(left()).toBeUndefined();
});
