import { expect, test } from 'vitest';
import type { WireTest } from './read-tests.ts';
import { serviceCoverage } from './service-coverage.ts';

const wireTest = (file: string, ...answers: readonly string[]): WireTest => ({
  file,
  groups: [],
  title: 'one',
  answers: answers.map((text) => {
    const [operation = '', code = ''] = text.split(' ');
    return { operation, code };
  }),
});

test('counts what tests of the folder of a service saw, and no others', () => {
  const tests = [
    wireTest('kms/keys.test.ts', 'TagResource OK', 'TagResource NotFoundException'),
    wireTest('kms/names.test.ts', 'TagResource TagException', 'CreateKey any'),
    wireTest('tags.test.ts', 'CreateKey OK', 'CreateKey LimitExceededException'),
  ];
  const service = {
    folder: 'kms',
    title: 'KMS',
    operations: ['CreateKey', 'TagResource', 'Sign'],
    served: ['TagResource', 'CreateKey'],
    documented: (name: string) => (name === 'CreateKey' ? ['LimitExceededException'] : ['NotFoundException']),
  };
  expect(serviceCoverage(tests, service)).toEqual({
    title: 'KMS',
    inModel: 3,
    operations: [
      { name: 'CreateKey', succeeds: false, errors: [], seen: [], unseen: ['LimitExceededException'] },
      {
        name: 'TagResource',
        succeeds: true,
        errors: ['NotFoundException', 'TagException'],
        seen: ['NotFoundException'],
        unseen: [],
      },
    ],
  });
});

test('takes an error for the same with and without the word at its end, as protocols differ', () => {
  const service = {
    folder: 'iam',
    title: 'IAM',
    operations: ['GetUser'],
    served: ['GetUser'],
    documented: () => ['NoSuchEntityException'],
  };
  const { operations } = serviceCoverage([wireTest('iam/users.test.ts', 'GetUser NoSuchEntity')], service);
  expect(operations).toMatchObject([{ seen: ['NoSuchEntityException'], unseen: [] }]);
});
