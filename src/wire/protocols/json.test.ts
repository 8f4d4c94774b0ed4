import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors.ts';
import { decodeBody } from './json-body.ts';
import { checkEncoding, json11Protocol, jsonContentType } from './json.ts';

const refused = (message: RegExp, code = 'SerializationException') =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('decodeBody', () => {
  it('reads an object; an empty body is one too', () => {
    expect(decodeBody(Buffer.from('{"a":[1,"ü"]}'))).toEqual({ a: [1, 'ü'] });
    expect(decodeBody(new Uint8Array())).toEqual({});
  });

  it('reads a part of a larger buffer', () => {
    expect(decodeBody(Buffer.from('xx{"a":1}yy').subarray(2, 9))).toEqual({ a: 1 });
  });

  it.each(['[]', 'null', '"a"', '1', 'true'])('refuses %s, which is no object', (text) => {
    expect(() => decodeBody(Buffer.from(text))).toThrow(refused(/must be a JSON object/));
  });

  it('refuses what is no JSON without repeating it', () => {
    expect(() => decodeBody(Buffer.from('{"password": hunter2'))).toThrow(
      refused(/^The request body is not valid JSON\.$/),
    );
  });

  it('refuses what is no UTF-8', () => {
    expect(() => decodeBody(Buffer.from([0x7b, 0xff, 0x7d]))).toThrow(refused(/UTF-8/));
  });

  it('takes any depth of nesting without exhausting the stack', () => {
    const deep = `{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
    expect(decodeBody(Buffer.from(deep))).toHaveProperty('a');
  });
});

describe('checkEncoding', () => {
  it.each(['application/x-amz-json-1.1', 'Application/X-Amz-Json-1.1; charset=UTF-8'])(
    'accepts %s',
    (type) => {
      expect(() =>
        checkEncoding({ 'content-type': type, 'content-encoding': 'identity' }, jsonContentType),
      ).not.toThrow();
    },
  );

  it.each(['application/json', 'application/x-amz-json-1.0', '', undefined])('refuses %s', (type) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    expect(() => checkEncoding(headers, jsonContentType)).toThrow(
      refused(/Content-Type/, 'UnsupportedMediaTypeException'),
    );
  });

  it('refuses a compressed body', () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'content-encoding': 'gzip' };
    expect(() => checkEncoding(headers, jsonContentType)).toThrow(
      refused(/uncompressed/, 'UnsupportedMediaTypeException'),
    );
  });
});

describe('replies', () => {
  it('carry the output, its type and the request id', () => {
    const model = {
      signingName: 'test',
      operations: { Do: { input: 'Do', output: 'Do' } },
      shapes: { Integer: 'integer', Do: { kind: 'structure', members: { a: 'Integer', b: 'Integer' } } },
    } as const;
    expect(json11Protocol.encodeOutput({ model, name: 'Do' }, { a: 1, b: undefined }, 'id')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'id' },
      body: '{"a":1}',
    });
  });

  it('tell an error by its wire name, with its fields, which cannot replace the name', () => {
    const error = new ApiError('ConflictException', 'Taken.', 409, { resourceIds: ['a'], __type: 'Other' });
    const { status, headers, body } = json11Protocol.encodeError(error, 'id');
    expect(status).toBe(409);
    expect(headers).toMatchObject({ 'x-amzn-requestid': 'id', 'x-amzn-errortype': 'ConflictException' });
    expect(JSON.parse(body as string)).toEqual({
      __type: 'ConflictException',
      message: 'Taken.',
      resourceIds: ['a'],
    });
  });
});
