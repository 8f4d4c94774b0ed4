// JSON bodies, and the error for a request that cannot be read as what it should be.
import { isUtf8 } from 'node:buffer';
import { ApiError } from '../errors.ts';

/** The error for a request that cannot be read as what it should be. */
export function serializationError(message: string): ApiError {
  return new ApiError('SerializationException', message);
}

/** The JSON value in a body. Throws SerializationException. */
export function parseBody(body: Uint8Array): unknown {
  if (!isUtf8(body)) throw serializationError('The request body is not valid UTF-8.');
  return parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
}

/** The JSON object in a body; an empty body is an empty object. Throws SerializationException. */
export function decodeBody(body: Uint8Array): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  const value = parseBody(body);
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
