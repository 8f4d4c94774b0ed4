// What the protocols of AWS have in common: each tells errors in a form of its own.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';

/** `s3` is rest-xml as S3 speaks it: an error stands alone, and the id of a request goes in a header of S3's own. */
export type ProtocolName =
  'json-1.0' | 'json-1.1' | 'query' | 'ec2-query' | 'rest-json' | 'rest-xml' | 's3' | 'rpc-v2-cbor';

export interface Protocol {
  readonly name: ProtocolName;
  /** The reply that tells an error, under the name and the status that the protocol has for it. */
  readonly encodeError: (error: ApiError, requestId: string) => HttpResponse;
}
