import { expect, test } from 'vitest';
import { isPage, isWithin, lambdaFunction } from './hook-target.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:check';

test.each([
  [arn, { name: 'check', qualifier: undefined }],
  [`${arn}:live`, { name: 'check', qualifier: 'live' }],
  [`${arn}:$LATEST`, { name: 'check', qualifier: '$LATEST' }],
  [`${arn}:a:b`, undefined],
  ['arn:aws:lambda:us-east-1:1:function:check', undefined],
  ['arn:aws:lambda:us-east-1:000000000000:function:../x', undefined],
  ['check', undefined],
])('%s names the function %j', (target, found) => {
  expect(lambdaFunction(target)).toEqual(found);
});

test.each([
  ['http://hooks/a', true],
  ['https://hooks:8443/a?b=c', true],
  ['ftp://hooks/a', false],
  ['http://user@hooks/a', false],
  ['http://:password@hooks/a', false],
  ['hooks/a', false],
  [arn, false],
])('%s is a page: %s', (target, answer) => {
  expect(isPage(target)).toBe(answer);
});

test.each([
  ['http://hooks/a', 'http://hooks', true],
  ['http://hooks/a', 'http://hooks/a', true],
  ['http://hooks/a/b', 'http://hooks/a', true],
  ['http://hooks/a/b', 'http://hooks/a/', true],
  ['http://hooks/ab', 'http://hooks/a', false],
  ['http://hooks/a/../b', 'http://hooks/a', false],
  ['http://hooks.evil.example/a', 'http://hooks', false],
  ['http://hooks@evil.example/a', 'http://hooks', false],
  ['http://hooks:81/a', 'http://hooks', false],
  ['https://hooks/a', 'http://hooks', false],
  ['http://HOOKS/a', 'http://hooks', true],
])('%s lies within %s: %s', (target, prefix, answer) => {
  expect(isWithin(target, ['http://other', prefix])).toBe(answer);
  expect(isWithin(target, [])).toBe(false);
});
