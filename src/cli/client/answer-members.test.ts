import { expect, test } from 'vitest';
import { longshoreOperations } from '../../longshore/api.ts';
import { missingMember } from './answer-members.ts';

test('the first member that an answer lacks is named, in structures too', () => {
  const lost = { instances: [], standaloneTasks: [], standaloneTaskCount: 0 };
  const whole = { clusterArn: 'c', instances: 0, lost, stopped: [], runs: [], more: 1 };
  expect(missingMember('PlanPlacement', whole)).toBeUndefined();
  expect(missingMember('PlanPlacement', { ...whole, runs: undefined })).toBe('runs');
  expect(missingMember('PlanPlacement', { ...whole, lost: { instances: [] } })).toBe('lost.standaloneTasks');
  expect(missingMember('PlanPlacement', { ...whole, lost: null })).toBe('lost.instances');
});

test('every operation is known, but the one that answers nothing', () => {
  const unknown = longshoreOperations.filter((operation) => missingMember(operation, {}) === undefined);
  expect(unknown).toEqual(['DeleteAccessKey']);
  expect(missingMember('toString', {})).toBeUndefined();
});
