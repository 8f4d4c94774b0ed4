import { describe, expect, it } from 'vitest';
import type { Api } from './api.ts';
import type { Headers } from './http.ts';
import { router } from './route.ts';

function anApi(signingName: string, targetPrefix: string): Api {
  return {
    model: {
      signingName,
      targetPrefix,
      operations: { Do: { input: 'Empty', output: 'Empty' } },
      otherOperations: ['Later'],
      shapes: { Empty: { kind: 'structure', members: {}, required: [] } },
    },
    operations: { Do: () => ({}) },
    invalid: (_, message) => new Error(message),
  };
}

const routeOf = router([anApi('ecs', 'Ecs_V1'), anApi('longshore', 'Own.Api')]);
const signedFor = (service: string): Headers => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260131/r-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const route = (headers: Headers, target = '/') =>
  routeOf({ method: 'POST', target, headers, body: new Uint8Array() });
const byTarget = (target: string | undefined, headers: Headers = {}) =>
  route({ ...headers, ...(target !== undefined && { 'x-amz-target': target }) });
const unknown = (message: unknown) => expect.objectContaining({ code: 'UnknownOperationException', message });

describe('the operation', () => {
  it('is found by prefix and name; the prefix may hold dots', () => {
    expect(byTarget('Ecs_V1.Do')).toMatchObject({ signingNames: ['ecs'] });
    expect(byTarget('Ecs_V1.Do').operation()).toMatchObject({ name: 'Do', model: { signingName: 'ecs' } });
    expect(byTarget('Own.Api.Do').operation().model.signingName).toBe('longshore');
  });

  it('is found behind a namespace too', () => {
    expect(byTarget('com.amazonaws.ecs.v1.Ecs_V1.Do').operation().name).toBe('Do');
    expect(byTarget('com.amazonaws.ecs.v1.Other.Do').operation).toThrow();
  });

  it.each([
    ['Ecs_V1.Later', 'Longshore does not serve the operation Later of ecs.'],
    ['Ecs_V1.Nope', 'X-Amz-Target is not an operation of this API.'],
    ['Ecs_V1.constructor', 'X-Amz-Target is not an operation of this API.'],
    ['Ecs_V1.', 'X-Amz-Target is not an operation of this API.'],
    ['Ecs_V2.Do', 'X-Amz-Target is not an API that is served here.'],
    ['Do', 'X-Amz-Target is not an API that is served here.'],
    [undefined, 'The X-Amz-Target header, which names the operation, is missing.'],
  ])('%s is refused, but only when asked for', (target, message) => {
    for (const headers of [{}, signedFor('ecs')]) {
      const found = byTarget(target, headers);
      expect(() => found.operation()).toThrow(unknown(message));
    }
  });

  it('of an API that is served must be signed for that API, whatever the signature says', () => {
    expect(byTarget('Ecs_V1.Do', signedFor('s3'))).toMatchObject({
      signingNames: ['ecs'],
      notServed: undefined,
      protocol: { name: 'json-1.1' },
    });
  });
});

describe('the service', () => {
  it('may be any that is served where nothing names one', () => {
    expect(byTarget('No.Such').signingNames).toEqual(['ecs', 'longshore']);
    expect(byTarget(undefined).signingNames).toEqual(['ecs', 'longshore']);
  });

  it('is that of the signature, in the headers or in the query', () => {
    const presigned =
      '/?X-Amz-Credential=AKIA%2F20260131%2Fr-1%2Fsts%2Faws4_request&Action=GetCallerIdentity';
    for (const found of [route(signedFor('sts')), route({}, presigned)]) {
      expect(found).toMatchObject({ signingNames: ['sts'], protocol: { name: 'query' } });
    }
  });

  it.each([
    ['iam', 'Longshore does not serve AWS Identity and Access Management (iam), only ecs, longshore. '],
    ['braket', 'Longshore does not serve braket, only ecs, longshore. '],
  ])('%s, which is not served, is named', (service, message) => {
    const found = route(signedFor(service));
    expect(found.notServed).toEqual(unknown(expect.stringContaining(message)));
    expect(() => found.operation()).toThrow(found.notServed);
  });

  it.each(['toString', 'a b', '__proto__', 'x'.repeat(65), ''])(
    '%j, which is no name, is none',
    (service) => {
      expect(route(signedFor(service)).notServed).toBeUndefined();
    },
  );

  it('constructor is a name like any other', () => {
    expect(route(signedFor('constructor')).notServed?.message).toContain('does not serve constructor, only');
  });
});

describe('a form that nobody signed', () => {
  const form = `a=1&${Array(200).fill('a').join('.')}=1&Action=AssumeRoleWithSAML&%=%&=`;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const refused = {
    protocol: { name: 'query' },
    notServed: { message: 'Longshore does not serve the operation AssumeRoleWithSAML of sts.' },
  };

  it('shows its operation, however broken the rest of it is', () => {
    const [inQuery, inBody] = [
      { method: 'GET', target: `/?${form}`, headers: {}, body: new Uint8Array() },
      { method: 'POST', target: '/', headers: type, body: Buffer.from(form) },
    ].map(routeOf);
    expect(inQuery).toMatchObject(refused);
    expect(inBody).toMatchObject(refused);
  });
});
