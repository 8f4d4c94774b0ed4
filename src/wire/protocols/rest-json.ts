// The protocol of services that are called by method and path, with JSON in the body. Lambda and EFS speak it.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import { boundOutput, outputBodyOf } from './http-binding.ts';
import { decodeBody, parseBody } from './json-body.ts';
import { jsonWriter, structureWithMemberNames, structureWriter, withMemberNames } from './json-value.ts';
import { errorMembers } from './json.ts';
import type { ErrorModel, Protocol } from './protocol.ts';
import { decodeRest, encodeRest, type BodyCodec } from './rest.ts';

const json: BodyCodec = {
  contentType: 'application/json',
  readMembers: (model, structure, body) => structureWithMemberNames(model, structure, decodeBody(body)),
  readPayload: (model, ref, body) => withMemberNames(model, ref, parseBody(body)),
  writeMembers: ({ model }, structure, value) =>
    JSON.stringify(structureWriter(model, structure, 'locationName')(value)),
  writePayload: (model, ref, value) => JSON.stringify(jsonWriter(model, ref, 'locationName')(value)),
};

export const restJsonProtocol: Protocol = {
  name: 'rest-json',
  readInput: (operation, request) => decodeRest(json, operation, request),
  encodeOutput: (operation, output, requestId) =>
    encodeRest(json, operation, output, { 'x-amzn-requestid': requestId }),
  encodeError,
};

function encodeError(thrown: ApiError, requestId: string, errorModel?: ErrorModel): HttpResponse {
  const error = inFamily(thrown, 'rest-json');
  const bound = errorModel && boundOutput(errorModel.model, errorModel.shape, error.fields, error.status);
  const inBody = errorModel && { ...errorModel, shape: outputBodyOf(errorModel.shape) };
  return {
    status: error.status,
    headers: {
      'content-type': json.contentType,
      ...bound?.headers,
      'x-amzn-errortype': error.code,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ ...errorMembers(error, inBody, 'locationName'), message: error.message }),
  };
}
