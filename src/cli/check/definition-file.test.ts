import { expect, test } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { definitionIn } from './definition-file.ts';

const definition = { family: 'web', containerDefinitions: [] };

test('takes a request, and the answer of DescribeTaskDefinition with its tags', () => {
  expect(definitionIn(definition, 'f')).toEqual(definition);
  expect(definitionIn({ taskDefinition: definition }, 'f')).toEqual(definition);
  const tags = [{ key: 'a', value: 'b' }];
  expect(definitionIn({ taskDefinition: definition, tags }, 'f')).toEqual({ ...definition, tags });
});

test.each([[[definition]], ['text'], [null], [3]])('refuses %j', (value) => {
  expect(() => definitionIn(value, 'web.json')).toThrow(UsageError);
  expect(() => definitionIn(value, 'web.json')).toThrow('web.json contains');
});
