// The protocol rpc-v2-cbor: an operation is called by its path, with CBOR in the body. CloudWatch speaks it.
import { Encoder } from 'cbor-x';
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import type { Protocol } from './protocol.ts';

export const rpcV2CborProtocol: Protocol = { name: 'rpc-v2-cbor', encodeError };

/** The value of the header `smithy-protocol`, in requests and in replies. */
export const smithyProtocol = 'rpc-v2-cbor';

// Maps with names, not cbor-x's own records, which no client of AWS reads.
const encoder = new Encoder({ useRecords: false, tagUint8Array: false });

function encodeError({ code, message, status, fields }: ApiError, requestId: string): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/cbor',
      'smithy-protocol': smithyProtocol,
      'x-amzn-requestid': requestId,
    },
    body: encoder.encode({ ...fields, __type: code, message }),
  };
}
