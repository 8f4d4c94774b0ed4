// The AWS JSON protocol, 1.0 and 1.1: content type, and the form of replies and errors.
import { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { Headers, HttpResponse } from '../http.ts';
import { queryErrorHeader } from './common-errors.ts';
import { decodeBody } from './json-body.ts';
import { fromJson, structureToJson } from './json-value.ts';
import { structureOf } from './model.ts';
import { operationOf, type ErrorModel, type Members, type Protocol } from './protocol.ts';

/** The content type of requests and responses of JSON 1.1. */
export const jsonContentType = 'application/x-amz-json-1.1';

export const json11Protocol: Protocol = jsonProtocol('json-1.1', jsonContentType);
export const json10Protocol: Protocol = jsonProtocol('json-1.0', 'application/x-amz-json-1.0');

function jsonProtocol(name: 'json-1.0' | 'json-1.1', contentType: string): Protocol {
  return {
    name,
    decodeInput: (operation, request) =>
      fromJson(operation.model, operationOf(operation).input, decodeBody(request.body)) as Members,
    encodeOutput(operation, output, requestId) {
      const { model } = operation;
      const body = structureToJson(model, structureOf(model, operationOf(operation).output), output);
      return reply(200, body, { 'content-type': contentType, 'x-amzn-requestid': requestId });
    },
    encodeError: errorEncoder(contentType),
  };
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

/** The reply of an operation that succeeded, whose output has its wire form already. */
export function encodeOutput(output: object, requestId: string): HttpResponse {
  return reply(200, output, { 'content-type': jsonContentType, 'x-amzn-requestid': requestId });
}

/** Writes an error under its wire name, with its fields. */
function errorEncoder(contentType: string): Protocol['encodeError'] {
  return (error, requestId, errorModel) => {
    const { status, code } = error;
    const body = { ...errorMembers(error, errorModel), __type: code, message: error.message };
    return reply(status, body, {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
      ...queryErrorHeader(error, errorModel),
    });
  };
}

/** The members of an error in JSON. */
export function errorMembers({ fields }: ApiError, errorModel: ErrorModel | undefined): Members {
  return errorModel === undefined ? fields : structureToJson(errorModel.model, errorModel.shape, fields);
}

function reply(status: number, body: object, headers: Headers): HttpResponse {
  return { status, headers, body: JSON.stringify(body) };
}
