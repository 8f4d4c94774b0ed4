// Whatever arrives, the handler answers in its protocol, never with a 5xx, and lets nothing in that was not signed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/wire/http.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import { credentials, fakeApi, fakeHandler, targetPrefix } from '../../test-support/fake-api.ts';
import { toldError } from './told-error.ts';

const { handle, clock } = fakeHandler({
  apis: [fakeApi({ ListClusters: () => ({}), RunTask: (input) => input })],
});

function aSigned(operation: string, body: string | Uint8Array): HttpRequest {
  const headers = {
    host: 'h:4566',
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${targetPrefix}.${operation}`,
  };
  return sign(
    { method: 'POST', target: '/', headers, body: Buffer.from(body) },
    { credentials, region: 'us-east-1', signingName: 'ecs', now: clock.now() },
  );
}

const text = fc.string({ unit: 'binary' });
const name = fc.oneof(
  fc.constantFrom(
    'authorization',
    'x-amz-date',
    'date',
    'host',
    'x-amz-target',
    'content-type',
    'content-encoding',
  ),
  fc.constantFrom('x-amz-security-token', 'x-amz-content-sha256', 'constructor', '__proto__', 'toString'),
  text,
);
const target = fc.oneof(
  text,
  fc.webPath(),
  fc
    .dictionary(
      fc.constantFrom(
        'X-Amz-Algorithm',
        'X-Amz-Credential',
        'X-Amz-Date',
        'X-Amz-Expires',
        'X-Amz-Signature',
        'X-Amz-SignedHeaders',
      ),
      fc.oneof(
        text,
        fc.constantFrom(
          'AWS4-HMAC-SHA256',
          'AKIATEST/20260101/us-east-1/ecs/aws4_request',
          '20260101T000000Z',
          '60',
          'host',
        ),
      ),
    )
    .map(
      (query) =>
        `/?${Object.entries(query)
          .map(([key, value]) => `${key}=${value}`)
          .join('&')}`,
    ),
);

/** One change that somebody on the way might make. */
const mutation: fc.Arbitrary<(request: HttpRequest) => HttpRequest> = fc.oneof(
  fc.record({ name, value: text }).map(({ name: changed, value }) => (request: HttpRequest) => ({
    ...request,
    headers: { ...request.headers, [changed]: value },
  })),
  name.map((removed) => (request: HttpRequest) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== removed)),
  })),
  fc
    .record({ from: fc.nat(300), length: fc.nat(40), put: text })
    .map(({ from, length, put }) => (request: HttpRequest) => {
      const before = request.headers.authorization ?? '';
      const authorization = before.slice(0, from) + put + before.slice(from + length);
      return { ...request, headers: { ...request.headers, authorization } };
    }),
  target.map((changed) => (request: HttpRequest) => ({ ...request, target: changed })),
  fc
    .oneof(text, fc.constantFrom('GET', 'PUT', 'HEAD'))
    .map((method) => (request: HttpRequest) => ({ ...request, method })),
  fc.uint8Array().map((body) => (request: HttpRequest) => ({ ...request, body })),
);

/** The code is undefined where HEAD was asked: an error has no body there. */
async function answer(request: HttpRequest): Promise<{ status: number; code: unknown }> {
  const response = await handle(request);
  const { headers } = response;
  expect(headers['x-amzn-requestid'] ?? headers['x-amz-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  const { status, body } = response;
  if (request.method === 'HEAD') expect(body).toBe('');
  return { status, code: request.method === 'HEAD' ? undefined : toldError(response).code };
}

const someCode = ({ method }: HttpRequest) => (method === 'HEAD' ? undefined : expect.any(String));

describe('any request', () => {
  it('changed in any way after it was signed is refused with 4xx, or is one that means the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const original = aSigned('ListClusters', '{"maxResults":5}');
        const changed = mutations.reduce((request, mutate) => mutate(request), original);
        const { status, code } = await answer(changed);
        if (status === 200) expect(meaning(changed)).toEqual(meaning(original));
        else
          expect({ status, code }).toMatchObject({
            status: expect.toSatisfy(isRefusal),
            code: someCode(changed),
          });
      }),
      { numRuns: 2000 },
    );
  });

  it('made of anything is refused with 4xx', async () => {
    const anything = fc.record({
      method: text,
      target,
      headers: fc.dictionary(name, text),
      body: fc.uint8Array(),
    });
    await fc.assert(
      fc.asyncProperty(anything, async (request) => {
        expect((await answer(request)).status).toSatisfy(isRefusal);
      }),
      { numRuns: 1000 },
    );
  });

  it('that is a form of anything is refused with 4xx', async () => {
    const step = fc.oneof(fc.constantFrom('Action', 'a', '1', ''), text);
    const parameter = fc
      .tuple(fc.array(step, { size: '+1' }), text)
      .map(([steps, value]) => `${steps.join('.')}=${value}`);
    const form = fc
      .array(fc.oneof(parameter, fc.constant('Action=AssumeRoleWithSAML'), text))
      .map((pairs) => pairs.join('&'));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fc.assert(
      fc.asyncProperty(form, fc.constantFrom('GET', 'POST'), async (pairs, method) => {
        const request = { method, target: `/?${pairs}`, headers, body: Buffer.from(pairs) };
        expect((await answer(request)).status).toSatisfy(isRefusal);
      }),
      { numRuns: 500, examples: [[`Action=&${'a.'.repeat(200)}=`, 'GET']] },
    );
  });

  it('well signed, with any body, gets a reply or a refusal by its model', async () => {
    const member = fc.constantFrom(
      'taskDefinition',
      'count',
      'tags',
      'overrides',
      'launchType',
      'volumeConfigurations',
      '__proto__',
    );
    const body = fc.oneof(
      fc.uint8Array(),
      text,
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.dictionary(member, fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    const allowed = [undefined, 'SerializationException', 'InvalidParameterException'];
    await fc.assert(
      fc.asyncProperty(body, async (input) => {
        const { status, code } = await answer(aSigned('RunTask', input));
        expect(allowed).toContain(code);
        expect(status).toBe(code === undefined ? 200 : 400);
      }),
      { numRuns: 2000 },
    );
  });
});

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

/** What of a request the server acts on. */
function meaning({ method, target: path, headers, body }: HttpRequest): object {
  const { host, 'x-amz-target': operation, 'x-amz-date': date } = headers;
  return {
    method,
    path: path.replace(/[?&]*$/, ''),
    host,
    operation,
    date,
    body: Buffer.from(body).toString('hex'),
  };
}
