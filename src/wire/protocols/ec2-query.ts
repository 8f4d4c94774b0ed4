// The protocol of EC2: query, with errors of another form.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import type { Protocol } from './protocol.ts';
import { element, textElement, xmlDocument } from './xml/element.ts';

export const ec2QueryProtocol: Protocol = { name: 'ec2-query', encodeError };

function encodeError(given: ApiError, requestId: string): HttpResponse {
  const { code, message, status } = inFamily(given, 'ec2');
  const error = element('Error', textElement('Code', code) + textElement('Message', message));
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: xmlDocument(element('Response', element('Errors', error) + textElement('RequestID', requestId))),
  };
}
