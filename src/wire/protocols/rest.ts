// What the two protocols by method and path do alike: members bound to HTTP, and one that may be the body by itself.
import { Readable } from 'node:stream';
import type { Headers, HttpRequest, HttpResponse } from '../http.ts';
import { boundInput, boundOutput, inputBodyOf, outputBodyOf } from './http-binding.ts';
import {
  kindOf,
  refOf,
  shapeOf,
  structureOf,
  type HttpTrait,
  type ShapeRef,
  type StructureShape,
  type ApiModel,
} from '../model.ts';
import { operationOf, type CodecOperation, type Members } from './protocol.ts';
import { matchUri, uriTemplate, type UriTemplate } from './uri-template.ts';

/** How one of them reads and writes the body. */
export interface BodyCodec {
  /** The type of a body that the codec writes. */
  readonly contentType: string;
  /** The members in a body, which is not empty. */
  readonly readMembers: (model: ApiModel, structure: StructureShape, body: Uint8Array) => Members;
  /** The one member that a body is. */
  readonly readPayload: (model: ApiModel, ref: ShapeRef, body: Uint8Array) => unknown;
  readonly writeMembers: (operation: CodecOperation, structure: StructureShape, value: Members) => string;
  readonly writePayload: (model: ApiModel, ref: ShapeRef, value: unknown) => string;
}

/** The input of an operation, from path, query, headers and body. */
export function decodeRest(codec: BodyCodec, operation: CodecOperation, request: HttpRequest): Members {
  const { model } = operation;
  const { http, input } = operationOf(operation);
  const structure = structureOf(model, input);
  const labels = (http && matchUri(templateOf(http), request.target)) ?? new Map<string, string>();
  const value = boundInput(model, structure, request, labels);
  const { payload } = structure;
  if (payload !== undefined) {
    const ref = refOf(structure.members[payload]!);
    const read = ref.streaming === true ? request.streamed : readPayload(codec, model, ref, request.body);
    if (read !== undefined) value[payload] = read;
  } else if (request.body.length > 0) {
    Object.assign(value, codec.readMembers(model, inputBodyOf(structure), request.body));
  }
  return value;
}

// A template belongs to its operation for as long as there is one.
const templates = new WeakMap<HttpTrait, UriTemplate>();

/** The template of an operation, taken apart once. */
export function templateOf(http: HttpTrait): UriTemplate {
  const known = templates.get(http);
  if (known !== undefined) return known;
  const template = uriTemplate(http.requestUri);
  templates.set(http, template);
  return template;
}

function readPayload(codec: BodyCodec, model: ApiModel, ref: ShapeRef, body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  switch (kindOf(shapeOf(model, ref))) {
    case 'blob':
      return body;
    case 'string':
    case 'text':
    case 'enum':
      return Buffer.from(body).toString('utf8');
    default:
      return codec.readPayload(model, ref, body);
  }
}

/** The reply for a structure: an operation's output. */
export function encodeRest(
  codec: BodyCodec,
  operation: CodecOperation,
  output: Members,
  idHeaders: Headers,
): HttpResponse {
  const { model } = operation;
  const { http, output: shape } = operationOf(operation);
  const structure = structureOf(model, shape);
  const { status, headers } = boundOutput(model, structure, output, http?.responseCode ?? 200);
  const { type, body, streamed } = writeBody(codec, operation, structure, output);
  // A member may be the content type itself.
  return {
    status,
    headers: { ...(type !== undefined && { 'content-type': type }), ...headers, ...idHeaders },
    body,
    ...(streamed !== undefined && { streamed }),
  };
}

interface WrittenBody {
  readonly type: string | undefined;
  readonly body: string | Uint8Array;
  readonly streamed?: Readable;
}

function writeBody(
  codec: BodyCodec,
  operation: CodecOperation,
  structure: StructureShape,
  output: Members,
): WrittenBody {
  const { model } = operation;
  const { payload } = structure;
  if (payload === undefined) {
    const body = codec.writeMembers(operation, outputBodyOf(structure), output);
    return { type: body === '' ? undefined : codec.contentType, body };
  }
  const [ref, value] = [refOf(structure.members[payload]!), output[payload]];
  if (value === undefined || value === null) return { type: undefined, body: '' };
  if (ref.streaming === true && !(value instanceof Uint8Array)) {
    const streamed = Readable.from(value as AsyncIterable<Uint8Array>, { objectMode: false });
    return { type: 'application/octet-stream', body: '', streamed };
  }
  switch (kindOf(shapeOf(model, ref))) {
    case 'blob':
      return { type: 'application/octet-stream', body: value as string | Uint8Array };
    case 'string':
    case 'text':
    case 'enum':
      return { type: 'text/plain', body: value as string };
    default:
      return { type: codec.contentType, body: codec.writePayload(model, ref, value) };
  }
}
