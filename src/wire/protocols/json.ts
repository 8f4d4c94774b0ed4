// The AWS JSON protocol, 1.0 and 1.1: bodies, content type, and the form of errors.
import { isUtf8 } from 'node:buffer';
import { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { Headers, HttpResponse } from '../http.ts';
import type { Protocol } from './protocol.ts';

/** The content type of requests and responses. */
export const jsonContentType = 'application/x-amz-json-1.1';

export const json11Protocol: Protocol = { name: 'json-1.1', encodeError: errorEncoder(jsonContentType) };
export const json10Protocol: Protocol = {
  name: 'json-1.0',
  encodeError: errorEncoder('application/x-amz-json-1.0'),
};

/** The error for a request that cannot be read as what it should be. */
export function serializationError(message: string): ApiError {
  return new ApiError('SerializationException', message);
}

/** Refuses a request whose body is not plain JSON 1.1 by its headers. */
export function checkEncoding(headers: Headers): void {
  const type = headerOf(headers, 'content-type')?.split(';', 1)[0]!.trim().toLowerCase();
  if (type !== jsonContentType) {
    throw new ApiError('UnsupportedMediaTypeException', `Content-Type must be ${jsonContentType}.`, 415);
  }
  const encoding = headerOf(headers, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new ApiError(
      'UnsupportedMediaTypeException',
      'Content-Encoding must be identity: send the body uncompressed.',
      415,
    );
  }
}

/** The JSON object in a body; an empty body is an empty object. Throws SerializationException. */
export function decodeBody(body: Uint8Array): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  if (!isUtf8(body)) throw serializationError('The request body is not valid UTF-8.');
  const value = parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serializationError('The request body must be a JSON object.');
  }
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the body, which may hold secrets.
    throw serializationError('The request body is not valid JSON.');
  }
}

/** The reply of an operation that succeeded. */
export function encodeOutput(output: object, requestId: string): HttpResponse {
  return reply(200, output, { 'content-type': jsonContentType, 'x-amzn-requestid': requestId });
}

/** Writes an error under its wire name, with its fields. */
function errorEncoder(contentType: string): Protocol['encodeError'] {
  return (error, requestId) => {
    const body = { ...error.fields, __type: error.code, message: error.message };
    return reply(error.status, body, {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    });
  };
}

function reply(status: number, body: object, headers: Headers): HttpResponse {
  return { status, headers, body: JSON.stringify(body) };
}
