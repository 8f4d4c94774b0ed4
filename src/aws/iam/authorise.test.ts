import { describe, expect, test } from 'vitest';
import { refusedResource } from './authorise.ts';
import type { Statement } from './agent-policy.ts';

const statements: readonly Statement[] = [
  { actions: ['ecs:ListTasks'] },
  { actions: ['ecs:StopTask'], resources: /:task\/a\//, conditions: { owner: 'me' } },
];
const owners =
  (values: readonly string[] | undefined) =>
  (key: string): readonly string[] | undefined =>
    key === 'owner' ? values : undefined;
const refused = (action: string, resources: readonly string[], values?: readonly string[]) =>
  refusedResource(statements, action, resources, owners(values));

describe('refusedResource', () => {
  test('is none where a statement without conditions has the action', () => {
    expect(refused('ecs:ListTasks', ['*'])).toBeUndefined();
  });
  test('is the first resource that no statement covers', () => {
    expect(refused('ecs:StopTask', [':task/a/2', ':task/b/3'], ['me'])).toBe(':task/b/3');
    expect(refused('ecs:StopTask', [':task/a/2'], ['me'])).toBeUndefined();
  });
  test('is any where no statement has the action', () => {
    expect(refused('ecs:RunTask', ['x'], ['me'])).toBe('x');
    expect(refusedResource([], 'ecs:ListTasks', ['*'], owners(['me']))).toBe('*');
  });
  test.each<[string, readonly string[] | undefined, boolean]>([
    ['all values as wanted', ['me', 'me'], true],
    ['no values at all', [], true],
    ['one value of another', ['me', 'you'], false],
    ['a key that the action does not have', undefined, false],
  ])('follows conditions: %s', (_name, values, isAllowed) => {
    expect(refused('ecs:StopTask', [':task/a/1'], values) === undefined).toBe(isAllowed);
  });
});
