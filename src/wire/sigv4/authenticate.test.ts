import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../http.ts';
import { authenticate } from './authenticate.ts';
import { canonicalRequest } from './canonical-request.ts';
import { sign } from './sign.ts';
import { scopeText, sha256Hex, signatureOf } from './signature.ts';

const now = Date.UTC(2026, 0, 31, 12);
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const signOptions = { credentials, region: 'eu-west-1', signingName: 'ecs', now };
const signer = { secretAccessKey: 'secret', accountId: '1', principalArn: 'arn:aws:iam::1:user/a' };
const options = { now, lookup: () => signer, signingNames: ['ecs', 'longshore'] };

function aRequest(change: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', target: '/', headers: { host: 'h:4566' }, body: Buffer.from('{}'), ...change };
}

/** Signs by hand with just these headers. */
function signedWith(
  names: readonly string[],
  headers: Readonly<Record<string, string>>,
  service = 'ecs',
  payloadHash?: string,
): HttpRequest {
  const request = aRequest({ headers });
  const scope = { date: '20260131', region: 'eu-west-1', service };
  const canonical = canonicalRequest(request, names, payloadHash ?? sha256Hex(request.body));
  const signature = signatureOf('secret', scope, '20260131T120000Z', canonical);
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIATEST/${scopeText(scope)},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
}

describe('authenticate', () => {
  it('tells the caller of what sign signed', () => {
    expect(authenticate(sign(aRequest(), signOptions), options)).toEqual({
      accountId: '1',
      principalArn: 'arn:aws:iam::1:user/a',
      accessKeyId: 'AKIATEST',
      region: 'eu-west-1',
      signingName: 'ecs',
      signedHeaders: ['host', 'x-amz-date'],
    });
  });

  it('verifies a websocket upgrade: GET, empty body, encoded query', () => {
    const request = aRequest({
      method: 'GET',
      target: '/ws?containerInstanceArn=arn%3Aaws%3Aecs%2Fx&agentHash=a%20b&seqNum=1&dockerVersion=',
      body: new Uint8Array(),
    });
    expect(authenticate(sign(request, signOptions), options).accessKeyId).toBe('AKIATEST');
  });

  it('gives the lookup the key, the session token and the region', () => {
    const asked: unknown[] = [];
    const lookup = (...args: unknown[]) => {
      asked.push(args);
      return signer;
    };
    const withToken = { ...signOptions, credentials: { ...credentials, sessionToken: 'T' } };
    authenticate(sign(aRequest(), withToken), { ...options, lookup });
    authenticate(sign(aRequest(), signOptions), { ...options, lookup });
    expect(asked).toEqual([
      ['AKIATEST', 'T', 'eu-west-1'],
      ['AKIATEST', undefined, 'eu-west-1'],
    ]);
  });

  it('accepts a Date header in place of X-Amz-Date when it is signed', () => {
    const headers = { host: 'h', date: 'Sat, 31 Jan 2026 12:00:00 GMT' };
    expect(authenticate(signedWith(['date', 'host'], headers), options).accountId).toBe('1');
    expect(() => authenticate(signedWith(['host'], headers), options)).toThrow(
      /'Date' must be a 'SignedHeader'/,
    );
  });

  it.each(['x-amz-date', 'x-amz-target', 'x-amz-security-token', 'x-amz-content-sha256'])(
    'refuses %s unsigned',
    (name) => {
      const headers = { host: 'h', 'x-amz-date': '20260131T120000Z', [name]: '20260131T120000Z' };
      const names = ['host', 'x-amz-date'].filter((one) => one !== name);
      expect(() => authenticate(signedWith(names, headers), options)).toThrow(
        `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
      );
    },
  );

  it('lets headers that it does not act on go unsigned', () => {
    const signed = sign(aRequest(), signOptions);
    const proxied = { ...signed, headers: { ...signed.headers, 'x-amz-cf-id': 'x', via: 'proxy' } };
    expect(authenticate(proxied, options).accountId).toBe('1');
  });

  it('holds x-amz-content-sha256 against the body', () => {
    const withHash = (value: string) =>
      sign(aRequest({ headers: { host: 'h', 'x-amz-content-sha256': value } }), signOptions);
    expect(authenticate(withHash(sha256Hex('{}')), options).accountId).toBe('1');
    for (const value of ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', sha256Hex('')]) {
      expect(() => authenticate(withHash(value), options)).toThrow(/does not match what was computed/);
    }
  });

  it.each(['UNSIGNED-PAYLOAD'])('takes %s where S3 is called, whatever the body is', (value) => {
    const s3 = { ...options, signingNames: ['s3'] };
    const headers = { host: 'h', 'x-amz-date': '20260131T120000Z', 'x-amz-content-sha256': value };
    const request = signedWith(Object.keys(headers).sort(), headers, 's3', value);
    expect(authenticate(request, s3).signingName).toBe('s3');
    const changed = {
      ...request,
      headers: { ...request.headers, 'x-amz-content-sha256': sha256Hex('{}') },
    };
    expect(() => authenticate(changed, s3)).toThrow(/does not match the signature you provided/);
  });

  it('takes a path of S3 as it stands, and any encoding of it', () => {
    const target = '/bucket/a//b/../%20c+d%2Be';
    const request = sign(aRequest({ method: 'GET', target }), { ...signOptions, signingName: 's3' });
    const s3 = { ...options, signingNames: ['s3'] };
    expect(authenticate(request, s3).signingName).toBe('s3');
    const same = { ...request, target: '/bucket/%61//b/../%20c%2Bd+e' };
    expect(authenticate(same, s3).signingName).toBe('s3');
    expect(() => authenticate({ ...request, target: '/bucket/a/%20c+d%2Be' }, s3)).toThrow(/does not match/);
  });

  it('names every service that would do', () => {
    const request = sign(aRequest(), { ...signOptions, signingName: 's3' });
    expect(() => authenticate(request, options)).toThrow(
      "Credential should be scoped to correct service: 'ecs' or 'longshore'.",
    );
  });

  it.each(['', 'a', '0'.repeat(64), 'ü'.repeat(64), 'A'.repeat(64)])(
    'refuses the signature %j',
    (signature) => {
      const signed = sign(aRequest(), signOptions);
      const authorization = signed.headers.authorization!.replace(/Signature=.*/, `Signature=${signature}`);
      expect(() =>
        authenticate({ ...signed, headers: { ...signed.headers, authorization } }, options),
      ).toThrow(signature === '' ? /requires 'Signature'/ : /does not match the signature you provided/);
    },
  );

  it.each(['host;constructor', 'host;__proto__', 'host;;x-amz-date', 'host;a b', 'host;x\ny'])(
    'refuses odd signed headers %j without falling over',
    (names) => {
      const signed = sign(aRequest(), signOptions);
      const authorization = signed.headers.authorization!.replace(
        /SignedHeaders=[^,]*/,
        `SignedHeaders=${names}`,
      );
      const request = { ...signed, headers: { ...signed.headers, authorization } };
      expect(() => authenticate(request, options)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(Incomplete|Invalid)SignatureException$/) }),
      );
    },
  );
});
