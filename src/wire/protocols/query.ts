// The query protocol: a form comes in, XML goes out. IAM, STS, Elastic Load Balancing and most of the oldest services speak it.
import type { ApiError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { inFamily } from './common-errors.ts';
import { formValue, readForm } from './form.ts';
import { structureOf } from '../model.ts';
import {
  operationOf,
  type CodecOperation,
  type ErrorModel,
  type Members,
  type Protocol,
} from './protocol.ts';
import { plainQuery, structureFromForm, type QueryDialect } from './query-input.ts';
import { element, textElement, xmlDocument } from './xml/element.ts';
import { membersToXml } from './xml/to-xml.ts';

export const queryProtocol: Protocol = {
  name: 'query',
  readInput: formDecoder(plainQuery),
  encodeOutput,
  encodeError,
};

/** Reads the form in the body, or in the query of a GET. */
export function formDecoder(dialect: QueryDialect): Protocol['readInput'] {
  return (operation, request) => {
    const { model } = operation;
    return structureFromForm(
      model,
      structureOf(model, operationOf(operation).input),
      readForm(formOf(request)),
      dialect,
    );
  };
}

/** The operation that a request names. Never throws: nobody is known to have sent the request when this is asked. */
export const actionOf = (request: HttpRequest): string | undefined => formValue(formOf(request), 'Action');

const formOf = ({ method, target, body }: HttpRequest): Uint8Array =>
  method === 'GET' ? Buffer.from(splitTarget(target).query) : body;

function encodeOutput(operation: CodecOperation, output: Members, requestId: string): HttpResponse {
  const { name, model } = operation;
  const { output: shape, resultWrapper = `${name}Result` } = operationOf(operation);
  // Also where it is empty: the SDK for Go fails without it.
  const result = element(resultWrapper, membersToXml(model, structureOf(model, shape), output));
  const metadata = element('ResponseMetadata', textElement('RequestId', requestId));
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: xmlDocument(element(`${name}Response`, result + metadata, namespaceOf(model.xmlNamespace))),
  };
}

/** The attribute that names a document's namespace. */
export const namespaceOf = (uri: string | undefined): Readonly<Record<string, string>> =>
  uri === undefined ? {} : { xmlns: uri };

function encodeError(thrown: ApiError, requestId: string, errorModel?: ErrorModel): HttpResponse {
  const error = inFamily(thrown, 'query');
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: xmlDocument(
      element(
        'ErrorResponse',
        errorElement(error, errorModel) + textElement('RequestId', requestId),
        namespaceOf(errorModel?.model.xmlNamespace),
      ),
    ),
  };
}

/** The element that tells an error to clients of query and of rest-xml: who is to blame, its code, its message, its members. */
export function errorElement(error: ApiError, errorModel: ErrorModel | undefined): string {
  const { senderFault = error.status < 500 } = errorModel?.shape.error ?? {};
  const blamed = textElement('Type', senderFault ? 'Sender' : 'Receiver');
  return element('Error', blamed + errorContent(error, errorModel));
}

/** Code, message and members, in this order. */
export function errorContent(
  { code, message, fields }: ApiError,
  errorModel: ErrorModel | undefined,
): string {
  const told = textElement('Code', errorModel?.shape.error?.code ?? code) + textElement('Message', message);
  return errorModel === undefined ? told : told + membersToXml(errorModel.model, errorModel.shape, fields);
}
