import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authenticate } from './authenticate.ts';

// The example of AWS's documentation of query string authentication by version 2.
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const documented =
  '/johnsmith/photos/puppy.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620';

const verified = (
  target: string,
  change: { method?: string; headers?: Record<string, string>; now?: number } = {},
) =>
  authenticate(
    {
      method: change.method ?? 'GET',
      target,
      headers: { host: 'h', ...change.headers },
      body: new Uint8Array(),
    },
    {
      now: change.now ?? 1_175_139_000_000,
      lookup: () => ({ secretAccessKey, accountId: '1', principalArn: 'arn' }),
      signingNames: ['s3'],
      isStreamed: true,
    },
  );

/** A URL with the signature of a text. */
const urlOf = (path: string, query: string, text: string): string => {
  const signature = createHmac('sha1', secretAccessKey).update(text).digest('base64');
  return `${path}?${query}&AWSAccessKeyId=AK&Expires=1175139620&Signature=${encodeURIComponent(signature)}`;
};

describe('a URL that is signed by version 2', () => {
  it('is the one of the documentation', () => {
    expect(verified(documented)).toMatchObject({
      region: 'us-east-1',
      signingName: 's3',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
  });

  it('covers what it asks for, and its headers', () => {
    const text =
      'PUT\n\ntext/plain\n1175139620\nx-amz-meta-a:1\n/b/k?response-content-type=text/x&versionId=v';
    const url = urlOf('/b/k', 'versionId=v&response-content-type=text%2Fx&x-id=GetObject', text);
    const headers = { 'content-type': 'text/plain', 'x-amz-meta-a': '1' };
    expect(verified(url, { method: 'PUT', headers }).accessKeyId).toBe('AK');
    const refused =
      (change: Parameters<typeof verified>[1], target = url) =>
      () =>
        verified(target, change);
    expect(refused({ method: 'GET', headers })).toThrow(/does not match/);
    expect(refused({ method: 'PUT', headers: { ...headers, 'x-amz-meta-b': '2' } })).toThrow(
      /does not match/,
    );
    expect(refused({ method: 'PUT', headers }, url.replace('versionId=v', 'versionId=w'))).toThrow(
      /does not match/,
    );
    expect(refused({ method: 'PUT', headers }, url.replace('/b/k', '/b/l'))).toThrow(/does not match/);
  });

  it('ends', () => {
    expect(() => verified(documented, { now: 1_175_139_621_000 })).toThrow('Request has expired');
  });
});
