import { describe, expect, it } from 'vitest';
import { readTests } from './read-tests.ts';

const test = (title: string, status = 'passed', meta: object = {}): object => ({
  ancestorTitles: ['RunTask'],
  title,
  status,
  meta,
});
const file = (name: string, assertionResults: readonly object[], status = 'passed'): object => ({
  name: `/somewhere/${name}`,
  status,
  assertionResults,
});
const run = (...testResults: readonly object[]) => readTests(JSON.stringify({ testResults }));

describe('readTests', () => {
  it('takes the tests of test/wire that passed, with what they saw', () => {
    const { passed } = run(
      file('test/wire/b.test.ts', [
        test('two', 'passed', { answers: ['RunTask OK', 'StopTask ClientException'] }),
      ]),
      file('test/wire/a.test.ts', [test('one'), test('skipped', 'skipped')]),
      file('src/wire/c.test.ts', [test('of a room')]),
      file('test/docker/d.test.ts', [test('of the engine')]),
    );
    expect(passed).toEqual([
      { file: 'a.test.ts', groups: ['RunTask'], title: 'one', answers: [] },
      {
        file: 'b.test.ts',
        groups: ['RunTask'],
        title: 'two',
        answers: [
          { operation: 'RunTask', code: 'OK' },
          { operation: 'StopTask', code: 'ClientException' },
        ],
      },
    ]);
  });

  it('names the files that failed, and keeps nothing of a test that did', () => {
    expect(run(file('test/wire/a.test.ts', [test('one', 'failed'), test('two')], 'failed'))).toMatchObject({
      passed: [{ title: 'two' }],
      failed: ['a.test.ts'],
    });
    expect(run(file('test/wire/a.test.ts', [], 'failed')).failed).toEqual(['a.test.ts']);
  });

  it('does not take anything for a report, nor anything for an answer', () => {
    expect(() => readTests('{}')).toThrow();
    expect(() => run(file('test/wire/a.test.ts', [test('one', 'passed', { answers: ['RunTask'] })]))).toThrow(
      "'RunTask' is not",
    );
  });
});
