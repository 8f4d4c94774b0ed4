// Our signatures against those of the AWS SDK's own signer, both ways.
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authenticate } from '../../src/wire/sigv4/authenticate.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import { credentials } from '../../test-support/fake-api.ts';
import { plainRequest } from '../../test-support/sdk-client.ts';

/** The hash class that the SDK's signer wants. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string | Uint8Array);
  }
  update(data: unknown): void {
    this.#hash.update(data as Uint8Array);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('the signer does not reset');
  }
}

const signingDate = new Date(Date.UTC(2026, 0, 31, 12));
const now = signingDate.getTime();
const signer = new SignatureV4({
  credentials,
  region: 'us-east-1',
  service: 'ecs',
  sha256: Sha256,
  applyChecksum: false,
});
const lookup = () => ({
  secretAccessKey: credentials.secretAccessKey,
  accountId: '123456789012',
  principalArn: 'arn:aws:iam::123456789012:user/admin',
});
const options = { now, lookup, signingNames: ['ecs'] };

const aPath = fc
  .array(fc.oneof(fc.constantFrom('.', '..', '', 'ws', "!'()*"), fc.string({ unit: 'grapheme' })))
  .map((segments) => `/${segments.map(encodeURIComponent).join('/')}`);
const aQuery = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^x-amz-|^__proto__$/i.test(name)),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 })),
);
const aHeaderValue = fc.stringMatching(/^[ -~]*$/);
const aBody = fc.string({ unit: 'grapheme' });
const anSdkRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  path: aPath,
  query: aQuery,
  headers: fc.record({ host: fc.constant('h:4566'), 'x-amz-target': aHeaderValue, 'x-other': aHeaderValue }),
  body: aBody,
});

describe('the SDK signer and ours', () => {
  it('agree on any path, query, header and body', async () => {
    await fc.assert(
      fc.asyncProperty(anSdkRequest, async (input) => {
        const signed = await signer.sign({ protocol: 'http:', hostname: 'h', ...input }, { signingDate });
        const caller = authenticate(plainRequest(signed as never), options);
        expect(caller.accessKeyId).toBe(credentials.accessKeyId);
      }),
    );
  });

  it('make the same signature of the same request', async () => {
    await fc.assert(
      fc.asyncProperty(anSdkRequest, async ({ headers, ...input }) => {
        const { 'x-other': _, ...signedOnly } = headers;
        const sdk = await signer.sign(
          { protocol: 'http:', hostname: 'h', ...input, headers: signedOnly },
          { signingDate },
        );
        const ours = sign(plainRequest({ ...input, headers: signedOnly }), {
          credentials,
          region: 'us-east-1',
          signingName: 'ecs',
          now,
        });
        expect(ours.headers.authorization).toBe(sdk.headers.authorization);
      }),
    );
  });
});

describe('a presigned URL', () => {
  const presign = async (query: Record<string, string> = {}, expiresIn = 60) =>
    plainRequest(
      (await signer.presign(
        { method: 'GET', protocol: 'http:', hostname: 'h', path: '/', query, headers: { host: 'h' } },
        { signingDate, expiresIn },
      )) as never,
    );
  const mapTarget = async (change: (target: string) => string) => {
    const request = await presign();
    return () => authenticate({ ...request, target: change(request.target) }, options);
  };

  it('of the SDK is accepted, whatever else is in its query', async () => {
    await fc.assert(
      fc.asyncProperty(aQuery, async (query) => {
        const request = await presign(query as Record<string, string>);
        expect(authenticate(request, options).region).toBe('us-east-1');
      }),
    );
  });

  it('holds for as long as it says, and not before it was made', async () => {
    const request = await presign();
    const at = (time: number) => () => authenticate(request, { ...options, now: time });
    expect(at(now + 60_000)).not.toThrow();
    expect(at(now + 60_001)).toThrow(/^Signature expired: .* - 60 sec\.\)$/);
    expect(at(now - 300_001)).toThrow(/^Signature not yet current/);
  });

  it('hands its session token to the lookup', async () => {
    const tokens: unknown[] = [];
    const withToken = new SignatureV4({
      credentials: { ...credentials, sessionToken: 'a+b/=' },
      region: 'us-east-1',
      service: 'ecs',
      sha256: Sha256,
    });
    const request = await withToken.presign(
      { method: 'GET', protocol: 'http:', hostname: 'h', path: '/', headers: { host: 'h' } },
      { signingDate },
    );
    authenticate(plainRequest(request as never), {
      ...options,
      lookup: (_, token) => {
        tokens.push(token);
        return lookup();
      },
    });
    expect(tokens).toEqual(['a+b/=']);
  });

  it('hands the session token of a header to the lookup too', async () => {
    const tokens: unknown[] = [];
    const headers = { host: 'h', 'x-amz-security-token': 'junk' };
    const request = await signer.presign(
      { method: 'GET', protocol: 'http:', hostname: 'h', path: '/', headers },
      { signingDate, unhoistableHeaders: new Set(['x-amz-security-token']) },
    );
    authenticate(plainRequest(request as never), {
      ...options,
      lookup: (_, token) => {
        tokens.push(token);
        return lookup();
      },
    });
    expect(tokens).toEqual(['junk']);
  });

  it.each([
    ['X-Amz-Date', /must include 'X-Amz-Date'/],
    ['X-Amz-Credential', /must include 'X-Amz-Credential'/],
    ['X-Amz-SignedHeaders', /must include 'X-Amz-SignedHeaders'/],
    ['X-Amz-Expires', /must include 'X-Amz-Expires'/],
    ['X-Amz-Signature', /must include 'X-Amz-Signature'/],
    ['X-Amz-Algorithm', /Unsupported AWS 'algorithm'/],
  ])('without %s is refused', async (name, message) => {
    expect(await mapTarget((target) => target.replace(new RegExp(`${name}=[^&]*`), ''))).toThrow(message);
  });

  it('with a changed part is refused', async () => {
    const mismatch = /does not match the signature you provided/;
    expect(await mapTarget((target) => target.replace('Expires=60', 'Expires=600'))).toThrow(mismatch);
    expect(await mapTarget((target) => `${target}&extra=1`)).toThrow(mismatch);
    expect(await mapTarget((target) => target.replace('/?', '/x?'))).toThrow(mismatch);
  });

  it.each(['0', '-1', '604801', '1e3', 'abc'])(
    'that claims to hold for %s seconds is refused',
    async (expires) => {
      expect(await mapTarget((target) => target.replace('Expires=60', `Expires=${expires}`))).toThrow(
        /X-Amz-Expires must be a number of seconds/,
      );
    },
  );

  it('with a date of another form is refused', async () => {
    expect(await mapTarget((target) => target.replace(/X-Amz-Date=\w+/, 'X-Amz-Date=2026'))).toThrow(
      /'basic format'/,
    );
  });

  it('is not what a query without a signature is taken for', () => {
    const plain = {
      method: 'GET',
      target: '/?X-Amz-Other=1',
      headers: { host: 'h' },
      body: new Uint8Array(),
    };
    expect(() => authenticate(plain, options)).toThrow('Missing Authentication Token');
  });
});

describe('S3’s signer and ours', () => {
  const s3Signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  });
  const s3 = { now, lookup, signingNames: ['s3'] };
  /** As S3's clients do: strictly. */
  const encodeKey = (text: string): string =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.codePointAt(0)!.toString(16).toUpperCase()}`,
    );
  const aKey = fc
    .array(fc.oneof(fc.constantFrom('.', '..', '', "!'()*"), fc.string({ unit: 'grapheme', minLength: 1 })))
    .map((segments) => `/bucket/${segments.map(encodeKey).join('/')}`);

  it('agree on any key, with the body signed or not', async () => {
    await fc.assert(
      fc.asyncProperty(aKey, aBody, fc.boolean(), async (path, body, isSigned) => {
        const headers: Record<string, string> = { host: 'h:4566' };
        if (!isSigned) headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
        const request = { method: 'PUT', protocol: 'http:', hostname: 'h', path, headers, body };
        const signed = plainRequest((await s3Signer.sign(request, { signingDate })) as never);
        expect(authenticate(signed, s3).signingName).toBe('s3');
        const other = { ...signed, body: Buffer.from(`${body}!`) };
        if (isSigned) expect(() => authenticate(other, s3)).toThrow(/x-amz-content-sha256/);
        else expect(authenticate(other, s3).chunked).toBeUndefined();
      }),
    );
  });

  it('agree on presigned URLs, whatever is then sent', async () => {
    await fc.assert(
      fc.asyncProperty(aKey, aBody, async (path, body) => {
        const headers = { host: 'h', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
        const request = { method: 'PUT', protocol: 'http:', hostname: 'h', path, headers };
        const signed = plainRequest((await s3Signer.presign(request, { signingDate })) as never);
        expect(authenticate({ ...signed, body: Buffer.from(body) }, s3).signingName).toBe('s3');
      }),
    );
  });
});
