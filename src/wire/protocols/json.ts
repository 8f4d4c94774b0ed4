// The AWS JSON protocol, 1.0 and 1.1: content type, and the form of replies and errors.
import { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { Headers, HttpResponse } from '../http.ts';
import { queryErrorHeader } from './common-errors.ts';
import { eventStreamIn, eventStreamResponse } from './event-stream.ts';
import { decodeBody } from './json-body.ts';
import { jsonWriter, structureWriter, type MemberNames, type ToJson } from './json-value.ts';
import type { ApiModel } from '../model.ts';
import {
  operationOf,
  type CodecOperation,
  type ErrorModel,
  type Members,
  type Protocol,
} from './protocol.ts';

/** The content type of requests and responses of JSON 1.1. */
export const jsonContentType = 'application/x-amz-json-1.1';

export const json11Protocol: Protocol = jsonProtocol('json-1.1', jsonContentType);
export const json10Protocol: Protocol = jsonProtocol('json-1.0', 'application/x-amz-json-1.0');

function jsonProtocol(name: 'json-1.0' | 'json-1.1', contentType: string): Protocol {
  return {
    name,
    readInput(_operation, { headers, body }) {
      checkEncoding(headers, contentType);
      return decodeBody(body);
    },
    encodeOutput(operation, output, requestId) {
      const events = eventStreamIn(operation, output);
      if (events !== undefined) return eventStreamResponse(events, contentType, requestId);
      const headers = { 'content-type': contentType, 'x-amzn-requestid': requestId };
      return { status: 200, headers, body: JSON.stringify(outputWriter(operation)(output)) };
    },
    encodeError: errorEncoder(contentType),
  };
}

// A writer belongs to its model for as long as there is one.
const outputWriters = new WeakMap<ApiModel, Map<string, ToJson>>();

/** The writer of an operation's output, compiled once. */
function outputWriter({ model, name }: CodecOperation): ToJson {
  const writers = outputWriters.get(model) ?? new Map<string, ToJson>();
  outputWriters.set(model, writers);
  const known = writers.get(name);
  if (known !== undefined) return known;
  const write = jsonWriter(model, operationOf({ model, name }).output, 'own');
  writers.set(name, write);
  return write;
}

/** Refuses a request whose body is not plain JSON of this type by its headers. */
export function checkEncoding(headers: Headers, contentType: string): void {
  const type = headerOf(headers, 'content-type')?.split(';', 1)[0]!.trim().toLowerCase();
  if (type !== contentType) {
    throw new ApiError('UnsupportedMediaTypeException', `Content-Type must be ${contentType}.`, 415);
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

/** Writes an error under its wire name, with its fields. */
function errorEncoder(contentType: string): Protocol['encodeError'] {
  return (error, requestId, errorModel): HttpResponse => {
    const { status, code } = error;
    const body = { ...errorMembers(error, errorModel, 'own'), __type: code, message: error.message };
    const headers = {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
      ...queryErrorHeader(error, errorModel),
    };
    return { status, headers, body: JSON.stringify(body) };
  };
}

/** The members of an error in JSON. */
export function errorMembers(
  { fields }: ApiError,
  errorModel: ErrorModel | undefined,
  names: MemberNames,
): Members {
  if (errorModel === undefined) return fields;
  return structureWriter(errorModel.model, errorModel.shape, names)(fields) as Members;
}
