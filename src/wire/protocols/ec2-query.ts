// The protocol of EC2: query, with names, replies and errors of its own form.
import type { ApiError } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import { structureOf } from '../model.ts';
import {
  operationOf,
  type CodecOperation,
  type ErrorModel,
  type Members,
  type Protocol,
} from './protocol.ts';
import { errorContent, formDecoder, namespaceOf } from './query.ts';
import { ec2Query } from './query-input.ts';
import { element, textElement, xmlDocument } from './xml/element.ts';
import { membersToXml } from './xml/to-xml.ts';

export const ec2QueryProtocol: Protocol = {
  name: 'ec2-query',
  readInput: formDecoder(ec2Query),
  encodeOutput,
  encodeError,
};

const contentType = 'text/xml;charset=UTF-8';

function encodeOutput(operation: CodecOperation, output: Members, requestId: string): HttpResponse {
  const { name, model } = operation;
  const members = membersToXml(model, structureOf(model, operationOf(operation).output), output);
  const content = textElement('requestId', requestId) + members;
  return {
    status: 200,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
    body: xmlDocument(element(`${name}Response`, content, namespaceOf(model.xmlNamespace))),
  };
}

function encodeError(thrown: ApiError, requestId: string, errorModel?: ErrorModel): HttpResponse {
  const error = inFamily(thrown, 'ec2');
  const errors = element('Errors', element('Error', errorContent(error, errorModel)));
  return {
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
    body: xmlDocument(element('Response', errors + textElement('RequestID', requestId))),
  };
}
