// The protocol rpc-v2-cbor: an operation is called by its path, with CBOR in the body. CloudWatch speaks it.
import type { ApiError } from '../errors.ts';
import type { Headers, HttpResponse } from '../http.ts';
import { decodeCbor, encodeCbor, structureToCbor, toCbor } from './cbor-value.ts';
import { queryErrorHeader } from './common-errors.ts';
import { operationOf, type ErrorModel, type Protocol } from './protocol.ts';

export const rpcV2CborProtocol: Protocol = {
  name: 'rpc-v2-cbor',
  readInput: (_operation, request) => decodeCbor(request.body),
  encodeOutput: (operation, output, requestId) =>
    reply(200, toCbor(operation.model, operationOf(operation).output, output), requestId),
  encodeError,
};

/** The value of the header `smithy-protocol`, in requests and in replies. */
export const smithyProtocol = 'rpc-v2-cbor';

function encodeError(error: ApiError, requestId: string, errorModel?: ErrorModel): HttpResponse {
  const { code, message, status, fields } = error;
  const members = errorModel ? structureToCbor(errorModel.model, errorModel.shape, fields) : fields;
  const told = { ...members, __type: code, message };
  return reply(status, told, requestId, queryErrorHeader(error, errorModel));
}

function reply(status: number, value: unknown, requestId: string, headers: Headers = {}): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/cbor',
      'smithy-protocol': smithyProtocol,
      ...headers,
      'x-amzn-requestid': requestId,
    },
    body: encodeCbor(value),
  };
}
