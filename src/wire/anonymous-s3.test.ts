import { expect, test } from 'vitest';
import { isAnonymousS3 } from './anonymous-s3.ts';
import type { Headers } from './http.ts';

const fromSdk = { 'amz-sdk-invocation-id': '05176c52-53d7-443c-b61d-fb46d456b7dc' };
const isS3 = (headers: Headers, target = '/bucket/key'): boolean =>
  isAnonymousS3({ target, headers: { ...fromSdk, ...headers } });

test('an unsigned call by path, from an SDK, is one of S3', () => {
  expect(isS3({})).toBe(true);
  expect(isS3({ 'content-type': 'binary/octet-stream' })).toBe(true);
  expect(isAnonymousS3({ target: '/bucket', headers: { 'user-agent': 'curl/8' } })).toBe(false);
});

test.each([
  ['signed', { authorization: 'AWS4-HMAC-SHA256 Credential=A/1/r/s3/aws4_request' }],
  ['of a JSON service, as those of Cognito are', { 'x-amz-target': 'Cognito.GetId' }],
  ['of STS, which takes roles for tokens', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['of IAM Identity Center, which registers clients', { 'content-type': 'application/json' }],
  ['of its portal', { 'x-amz-sso_bearer_token': 't' }],
  ['in CBOR', { 'smithy-protocol': 'rpc-v2-cbor' }],
])('one that is %s is not', (_what, headers: Headers) => {
  expect(isS3(headers)).toBe(false);
});

test('nor is one with its operation in the query', () => {
  expect(isS3({}, '/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15')).toBe(false);
});
