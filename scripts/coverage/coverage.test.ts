import { describe, expect, it } from 'vitest';
import { coverageOf, operationsNamed, type Api } from './coverage.ts';
import type { WireTest } from './read-tests.ts';

const operations = ['RunTask', 'ListTasks', 'CreateDaemon'];
const api: Api = {
  operations,
  built: ['RunTask', 'ListTasks'],
  documented: () => ['ClientException', 'ServerException', 'BlockedException', 'ConflictException'],
};

const aTest = (path: string, ...answers: readonly string[]): WireTest => {
  const titles = path.split(' > ');
  return {
    file: 'a.test.ts',
    groups: titles.slice(0, -1),
    title: titles.at(-1)!,
    answers: answers.map((answer) => {
      const [operation = '', code = ''] = answer.split(' ');
      return { operation, code };
    }),
  };
};
const of = (name: string, ...tests: readonly WireTest[]) =>
  coverageOf(tests, api).operations.find((operation) => operation.name === name);

describe('the operations that a test is of', () => {
  it.each([
    ['RunTask > starts', ['RunTask']],
    ['the cluster of RunTask > is found', ['RunTask']],
    ['RunTask, as ListTasks does, > refuses', ['RunTask', 'ListTasks']],
    ['RunTask > is seen by ListTasks', ['RunTask']],
    ['whatever the input > ListTasks answers', ['ListTasks']],
    ['RunTasks > are none', []],
    ['throttling > is off', []],
  ])('%s', (path, names) => {
    expect(new Set(operationsNamed(aTest(path), operations))).toEqual(new Set(names));
  });
});

describe('the behaviours of an operation', () => {
  it('are the tests that name and call it, the group that is its name left out', () => {
    expect(
      of(
        'RunTask',
        aTest('RunTask > starts', 'RunTask OK'),
        aTest('RunTask > limits > of ten', 'RunTask ClientException'),
        aTest('RunTask > says much and calls nothing', 'ListTasks OK'),
        aTest('ListTasks > lists', 'RunTask OK', 'ListTasks OK'),
      )?.behaviours,
    ).toEqual([
      { text: 'starts', tests: 1 },
      { text: 'limits: of ten', tests: 1 },
    ]);
  });

  it('of one wording are one, with how many tests there are', () => {
    const test = aTest('RunTask > starts', 'RunTask OK');
    expect(of('RunTask', test, test)?.behaviours).toEqual([{ text: 'starts', tests: 2 }]);
  });
});

describe('the state of an operation', () => {
  it.each([
    ['RunTask', 'RunTask OK', 'answered'],
    ['RunTask', 'RunTask ClientException', 'unshown'],
    ['RunTask', 'ListTasks OK', 'unshown'],
    ['RunTask', 'RunTask any', 'unshown'],
    ['RunTask', 'RunTask UnsupportedFeatureException', 'unshown'],
    ['CreateDaemon', 'CreateDaemon UnsupportedFeatureException', 'refused'],
    ['CreateDaemon', 'CreateDaemon ClientException', 'unshown'],
  ])('%s, seen to answer %s: %s', (name, answer, state) => {
    expect(of(name, aTest('anything', answer))?.state).toBe(state);
  });
});

it('tells exceptions that any test saw from those that none saw, and the common ones from the others', () => {
  expect(
    of(
      'RunTask',
      aTest('RunTask > blocks', 'RunTask BlockedException'),
      aTest('ListTasks > lists', 'RunTask ClientException', 'RunTask ThrottlingException', 'RunTask any'),
      aTest('ListTasks > clashes', 'ListTasks ConflictException'),
    ),
  ).toMatchObject({
    own: { seen: ['BlockedException'], unseen: ['ConflictException'] },
    common: { seen: ['ClientException'], unseen: ['ServerException'] },
    others: ['ThrottlingException'],
  });
});

it('keeps what is of no operation, and the operations in alphabetical order', () => {
  const { general, operations: all } = coverageOf([aTest('throttling > is off', 'RunTask OK')], api);
  expect(general).toEqual([{ text: 'throttling: is off', tests: 1 }]);
  expect(all.map(({ name }) => name)).toEqual(['CreateDaemon', 'ListTasks', 'RunTask']);
});
