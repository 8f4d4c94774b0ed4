import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  type CORSRule,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const rule: CORSRule = {
  ID: 'pages',
  AllowedHeaders: ['*'],
  AllowedMethods: ['GET', 'PUT'],
  AllowedOrigins: ['https://*.example.com'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 600,
};
const put = (CORSRules: CORSRule[], bucket = Bucket) =>
  rig.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }));
const get = async (bucket = Bucket) =>
  (await rig.send(new GetBucketCorsCommand({ Bucket: bucket }))).CORSRules;
const none = {
  name: 'NoSuchCORSConfiguration',
  message: 'The CORS configuration does not exist',
  $metadata: { httpStatusCode: 404 },
};

describe('PutBucketCors', () => {
  test('is kept', async () => {
    const other = { AllowedMethods: ['HEAD'], AllowedOrigins: ['*'] };
    await put([rule, other]);
    expect(await get()).toEqual([rule, other]);
  });

  test.each<[Partial<CORSRule>, string, string]>([
    [
      { AllowedMethods: ['PATCH'] },
      'InvalidRequest',
      'Found unsupported HTTP method in CORS config. Unsupported method is PATCH',
    ],
    [
      { AllowedOrigins: ['*.*'] },
      'InvalidRequest',
      'AllowedOrigin "*.*" can not have more than one wildcard.',
    ],
    [
      { AllowedHeaders: ['a*b*'] },
      'InvalidRequest',
      'AllowedHeader "a*b*" can not have more than one wildcard.',
    ],
    [
      { ID: 'i'.repeat(256) },
      'InvalidRequest',
      'The ID of a CORS rule must not have more than 255 characters.',
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(put([{ ...rule, ...more }])).rejects.toMatchObject({ name, message });
    await expect(get()).rejects.toMatchObject(none);
  });

  test('refuses no rules, and more than 100', async () => {
    await expect(put([])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put(Array.from({ length: 101 }, () => rule))).rejects.toMatchObject({
      name: 'MalformedXML',
    });
    await expect(put([{ ...rule, AllowedMethods: [] }])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put([rule], 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketCors', () => {
  test('finds none', async () => {
    await expect(get()).rejects.toMatchObject(none);
    await expect(get('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeleteBucketCors', () => {
  test('takes the rules away', async () => {
    await put([rule]);
    const remove = (name: string) => rig.send(new DeleteBucketCorsCommand({ Bucket: name }));
    expect(await remove(Bucket)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(get()).rejects.toMatchObject(none);
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('a page of another origin', () => {
  const origin = 'https://shop.example.com';
  const ask = (method: string, headers: Readonly<Record<string, string>> = {}, target = '/photos/key') =>
    rig.callUnsigned('OPTIONS', target, { origin, 'access-control-request-method': method, ...headers });

  test('may send what a rule allows', async () => {
    await put([rule, { AllowedMethods: ['DELETE'], AllowedOrigins: ['*'] }]);
    expect(await ask('PUT', { 'access-control-request-headers': 'Content-Type, x-amz-date' })).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-allow-headers': 'content-type, x-amz-date',
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'ETag',
        'access-control-max-age': '600',
        vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
      },
      body: '',
    });
    const { headers } = await ask('DELETE', { host: 'photos.localhost:4566' }, '/key');
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['HEAD', {}],
    ['PUT', { origin: 'https://example.com' }],
    ['DELETE', { 'access-control-request-headers': 'x-other' }],
  ])('may not send what no rule allows: %s %j', async (method, headers) => {
    await put([rule, { AllowedMethods: ['DELETE'], AllowedOrigins: ['*'] }]);
    expect(await ask(method, headers)).toMatchObject({
      status: 403,
      body: expect.stringContaining(
        '<Code>AccessForbidden</Code><Message>CORSResponse: This CORS request',
      ) as string,
    });
  });

  test('may send nothing where there are no rules, and must say what it is', async () => {
    expect((await ask('GET')).body).toContain('CORSResponse: CORS is not enabled for this bucket.');
    expect((await ask('GET', {}, '/nobodys/key')).status).toBe(403);
    const response = await rig.callUnsigned('OPTIONS', '/photos/key', { origin });
    expect(response).toMatchObject({ status: 400, body: expect.stringContaining('<Code>BadRequest</Code>') });
  });

  test('is shown the answer, also an error', async () => {
    await put([rule]);
    const shown = { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'ETag' };
    expect(await rig.call('GET', '/photos?location', '', { origin })).toMatchObject({
      status: 200,
      headers: shown,
    });
    expect(await rig.callUnsigned('GET', '/photos?location', { origin })).toMatchObject({
      status: 403,
      headers: shown,
    });
    const other = await rig.call('GET', '/photos?location', '', { origin: 'https://example.com' });
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
