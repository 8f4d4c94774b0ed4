// The protocol of services that are called by method and path, with XML in the body. Route 53 speaks it, and S3 in its own way.
import type { ApiError } from '../errors.ts';
import type { Headers, HttpResponse } from '../http.ts';
import { inFamily } from './common-errors.ts';
import { boundOutput, outputBodyOf } from './http-binding.ts';
import { refOf, shapeOf, type ShapeRef, type StructureShape, type ApiModel } from '../model.ts';
import {
  operationOf,
  type CodecOperation,
  type ErrorModel,
  type Members,
  type Protocol,
} from './protocol.ts';
import { errorContent, errorElement, namespaceOf } from './query.ts';
import { decodeRest, encodeRest, type BodyCodec } from './rest.ts';
import { checkedBody } from './body-digest.ts';
import { addressedByPath } from './virtual-host.ts';
import { element, textElement, xmlDocument } from './xml/element.ts';
import { fromXml, structureFromXml } from './xml/from-xml.ts';
import { readXml } from './xml/read-xml.ts';
import { attributesOf, membersToXml, toXml } from './xml/to-xml.ts';

const xml: BodyCodec = {
  contentType: 'application/xml',
  readMembers: (model, structure, body) => structureFromXml(model, structure, readXml(body)),
  readPayload: (model, ref, body) => fromXml(model, ref, readXml(body)),
  writeMembers,
  writePayload: (model, ref, value) => xmlDocument(toXml(model, payloadName(model, ref), ref, value)),
};

export const restXmlProtocol: Protocol = {
  name: 'rest-xml',
  readInput: (operation, request) => decodeRest(xml, operation, request),
  encodeOutput: (operation, output, requestId) => encodeRest(xml, operation, output, idHeaders(requestId)),
  encodeError,
};

export const s3Protocol: Protocol = {
  ...restXmlProtocol,
  name: 's3',
  readInput: (operation, request) => {
    const addressed = addressedByPath(request);
    // There checksums are those of the object, and not of the list of its parts.
    const isOfObject = operation.name === 'CompleteMultipartUpload';
    return decodeRest(xml, operation, isOfObject ? addressed : checkedBody(addressed));
  },
  encodeOutput: encodeS3Output,
  encodeError: encodeS3Error,
};

/** What has a place in the whole is a part of it. */
function encodeS3Output(operation: CodecOperation, output: Members, requestId: string): HttpResponse {
  const response = encodeRest(xml, operation, output, s3IdHeaders(requestId));
  return response.headers['content-range'] === undefined ? response : { ...response, status: 206 };
}

const idHeaders = (requestId: string): Headers => ({ 'x-amzn-requestid': requestId });
const s3IdHeaders = (requestId: string): Headers => ({ 'x-amz-request-id': requestId });

/** Nothing where no member is in the body. */
function writeMembers(operation: CodecOperation, structure: StructureShape, value: Members): string {
  const { model } = operation;
  if (Object.keys(structure.members).length === 0) return '';
  const name = structure.locationName ?? refOf(operationOf(operation).output).shape;
  const namespace = structure.xmlNamespace?.uri ?? model.xmlNamespace;
  const attributes = { ...namespaceOf(namespace), ...attributesOf(model, structure, value) };
  const [member, ...others] = Object.keys(structure.members);
  // S3 answers the one element, and none around it.
  if (member !== undefined && others.length === 0 && structure.locationName === member) {
    const only = value[member];
    return xmlDocument(textElement(name, typeof only === 'string' ? only : '', attributes));
  }
  return xmlDocument(element(name, membersToXml(model, structure, value), attributes));
}

/** A body that is one member has the name of that member, of its shape, or the shape's own. */
function payloadName(model: ApiModel, ref: ShapeRef): string {
  const shape = shapeOf(model, ref);
  const own = typeof shape === 'object' && shape.kind === 'structure' ? shape.locationName : undefined;
  return ref.locationName ?? own ?? ref.shape;
}

function encodeError(thrown: ApiError, requestId: string, errorModel?: ErrorModel): HttpResponse {
  const error = inFamily(thrown, 'query');
  const told = errorElement(error, inBody(errorModel)) + textElement('RequestId', requestId);
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', ...errorHeaders(error, errorModel), ...idHeaders(requestId) },
    body: xmlDocument(element('ErrorResponse', told, namespaceOf(errorModel?.model.xmlNamespace))),
  };
}

function encodeS3Error(thrown: ApiError, requestId: string, errorModel?: ErrorModel): HttpResponse {
  const error = inFamily(thrown, 's3');
  // What S3 says of an error beside its message is in no model: `BucketName`, `Key`, `Region`.
  const { Region: region } = error.fields;
  const more = Object.entries(error.fields)
    .filter(([name]) => errorModel?.shape.members[name] === undefined)
    .map(([name, value]) => textElement(name, String(value)));
  const told = errorContent(error, inBody(errorModel)) + more.join('') + textElement('RequestId', requestId);
  const headers = {
    ...(typeof region === 'string' && { 'x-amz-bucket-region': region }),
    ...errorHeaders(error, errorModel),
    ...error.headers,
    ...s3IdHeaders(requestId),
  };
  // What has not been modified has no content.
  if (error.status === 304) return { status: 304, headers, body: '' };
  return {
    status: error.status,
    headers: { 'content-type': xml.contentType, ...headers },
    body: xmlDocument(element('Error', told)),
  };
}

const inBody = (errorModel: ErrorModel | undefined): ErrorModel | undefined =>
  errorModel && { ...errorModel, shape: outputBodyOf(errorModel.shape) };

const errorHeaders = ({ fields, status }: ApiError, errorModel: ErrorModel | undefined): Headers =>
  errorModel === undefined ? {} : boundOutput(errorModel.model, errorModel.shape, fields, status).headers;
