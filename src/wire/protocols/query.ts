// The query protocol: a form comes in, XML goes out. IAM, STS, Elastic Load Balancing and most of the oldest services speak it.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import type { Protocol } from './protocol.ts';
import { element, textElement, xmlDocument } from './xml/element.ts';

export const queryProtocol: Protocol = { name: 'query', encodeError };

function encodeError(given: ApiError, requestId: string): HttpResponse {
  const error = inFamily(given, 'query');
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: xmlDocument(element('ErrorResponse', errorElement(error) + textElement('RequestId', requestId))),
  };
}

/** The element that tells an error to clients of query and of rest-xml: who is to blame, its code and its message. */
export function errorElement({ status, code, message }: ApiError): string {
  const blamed = textElement('Type', status < 500 ? 'Sender' : 'Receiver');
  return element('Error', blamed + textElement('Code', code) + textElement('Message', message));
}
