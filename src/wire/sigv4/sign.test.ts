import { describe, expect, it } from 'vitest';
import { sign } from './sign.ts';

const options = {
  credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
  region: 'us-east-1',
  signingName: 'ecs',
  now: Date.UTC(2026, 0, 1),
};
const request = {
  method: 'POST',
  target: '/',
  headers: {
    host: 'h',
    'content-type': 'c',
    'x-amz-target': 'T.Op',
    'user-agent': 'u',
    authorization: 'old',
  },
  body: new Uint8Array(),
};

describe('sign', () => {
  it('signs host, content type and x-amz headers, and replaces an old signature', () => {
    const { headers } = sign(request, options);
    expect(headers['x-amz-date']).toBe('20260101T000000Z');
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/20260101\/us-east-1\/ecs\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
    expect(headers['user-agent']).toBe('u');
    expect(headers).not.toHaveProperty('x-amz-security-token');
  });

  it('takes an empty session token for none', () => {
    const credentials = { ...options.credentials, sessionToken: '' };
    expect(sign(request, { ...options, credentials }).headers).not.toHaveProperty('x-amz-security-token');
  });

  it('adds and signs the session token', () => {
    const credentials = { ...options.credentials, sessionToken: 'token' };
    const { headers } = sign(request, { ...options, credentials });
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers.authorization).toContain('x-amz-security-token');
  });

  it('is pure: same in, same out, and the request unchanged', () => {
    expect(sign(request, options)).toEqual(sign(request, options));
    expect(request.headers.authorization).toBe('old');
  });

  it('refuses a request without a host', () => {
    expect(() => sign({ ...request, headers: {} }, options)).toThrow(/host/);
  });
});
