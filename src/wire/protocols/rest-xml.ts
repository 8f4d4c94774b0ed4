// The protocol of services that are called by method and path, with XML in the body. Route 53 speaks it, and S3 in its own way.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import type { Protocol } from './protocol.ts';
import { errorElement } from './query.ts';
import { element, textElement, xmlDocument } from './xml/element.ts';

export const restXmlProtocol: Protocol = { name: 'rest-xml', encodeError };
export const s3Protocol: Protocol = { name: 's3', encodeError: encodeS3Error };

function encodeError(given: ApiError, requestId: string): HttpResponse {
  const error = inFamily(given, 'query');
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: xmlDocument(element('ErrorResponse', errorElement(error) + textElement('RequestId', requestId))),
  };
}

function encodeS3Error(given: ApiError, requestId: string): HttpResponse {
  const { code, message, status } = inFamily(given, 's3');
  const told = textElement('Code', code) + textElement('Message', message);
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: xmlDocument(element('Error', told + textElement('RequestId', requestId))),
  };
}
