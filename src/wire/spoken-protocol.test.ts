import { expect, test } from 'vitest';
import { awsService } from './aws-service.ts';
import type { Headers } from './http.ts';
import { spokenProtocol } from './spoken-protocol.ts';

const spoken = (service: string | undefined, headers: Headers = {}, target = '/'): string =>
  spokenProtocol({ target, headers }, service === undefined ? undefined : awsService(service)).name;

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const target = { 'x-amz-target': 'T.Do' };
const json10 = { 'content-type': 'application/x-amz-json-1.0' };

test.each([
  ['ecs', { ...target, 'content-type': 'application/x-amz-json-1.1' }, 'json-1.1'],
  ['dynamodb', { ...target, ...json10 }, 'json-1.0'],
  ['monitoring', { ...target, ...json10 }, 'json-1.0'],
  ['monitoring', { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' }, 'rpc-v2-cbor'],
  ['monitoring', form, 'query'],
  ['sqs', { ...target, ...json10 }, 'json-1.0'],
  ['sqs', form, 'query'],
  ['iam', form, 'query'],
  ['ec2', form, 'ec2-query'],
  ['ses', form, 'query'],
  ['ses', { 'content-type': 'application/json' }, 'rest-json'],
  ['lambda', {}, 'rest-json'],
  ['route53', {}, 'rest-xml'],
  ['s3', {}, 's3'],
  // What curl sends with a body says nothing of what the service speaks.
  ['lambda', form, 'rest-json'],
  ['s3', form, 's3'],
  ['ecs', form, 'json-1.1'],
  ['ecs', { ...target, ...json10 }, 'json-1.1'],
  // Unknown services.
  ['braket', {}, 'rest-json'],
  ['braket', target, 'json-1.1'],
  ['braket', form, 'query'],
  // Nothing of a service at all.
  [undefined, {}, 'json-1.1'],
  [undefined, form, 'query'],
  [undefined, { ...target, ...json10 }, 'json-1.0'],
])('the client of %s with %j speaks %s', (service, headers, name) => {
  expect(spoken(service, headers)).toBe(name);
});

test('an action in the query is a call of the query protocol', () => {
  expect(spoken('sts', {}, '/?Version=2011-06-15&Action=GetCallerIdentity')).toBe('query');
  expect(spoken('ec2', {}, '/?Action=DescribeVpcs')).toBe('ec2-query');
  expect(spoken('s3', {}, '/bucket?Action=x')).toBe('s3');
  expect(spoken(undefined, {}, '/?Action=AssumeRoleWithWebIdentity')).toBe('query');
});
