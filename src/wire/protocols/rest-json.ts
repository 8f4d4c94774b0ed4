// The protocol of services that are called by method and path, with JSON in the body. Lambda and EFS speak it.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import type { Protocol } from './protocol.ts';

export const restJsonProtocol: Protocol = { name: 'rest-json', encodeError };

function encodeError(given: ApiError, requestId: string): HttpResponse {
  const { code, message, status, fields } = inFamily(given, 'rest-json');
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': code,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ ...fields, message }),
  };
}
