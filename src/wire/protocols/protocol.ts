// What the protocols of AWS have in common: each reads an operation's input, and writes its output and its errors.
import type { ApiError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http.ts';
import type { StructureShape, ApiModel, OperationModel } from '../model.ts';

/** `s3` is rest-xml as S3 speaks it: an error stands alone, and the id of a request goes in a header of S3's own. */
export type ProtocolName =
  'json-1.0' | 'json-1.1' | 'query' | 'ec2-query' | 'rest-json' | 'rest-xml' | 's3' | 'rpc-v2-cbor';

/** An operation as its model has it. */
export interface CodecOperation {
  readonly name: string;
  readonly model: ApiModel;
}

/**
 * Values are plain: a structure or map is an object, a list an array, a blob bytes, a timestamp seconds since the epoch. What is not
 * in the model is left out of them; whether required members are there is for the validation.
 */
export type Members = Readonly<Record<string, unknown>>;

/** The shape of an error, for its members beyond the message. */
export interface ErrorModel {
  readonly model: ApiModel;
  readonly shape: StructureShape;
}

export interface Protocol {
  readonly name: ProtocolName;
  /**
   * The input in a request, for the decoder that all protocols share: members by their names, and what is no text in the protocol as
   * it was read. Throws SerializationException for what cannot be read.
   */
  readonly readInput: (operation: CodecOperation, request: HttpRequest) => Members;
  readonly encodeOutput: (operation: CodecOperation, output: Members, requestId: string) => HttpResponse;
  /**
   * The reply that tells an error, under the name and the status that the protocol has for it; without its model, its members are
   * written as they are where the protocol allows it.
   */
  readonly encodeError: (error: ApiError, requestId: string, errorModel?: ErrorModel) => HttpResponse;
}

/** The operation's entry in its model; an Error when the model has none of that name. */
export function operationOf({ model, name }: CodecOperation): OperationModel {
  const operation = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  if (operation === undefined) throw new Error(`the model has no operation ${name}`);
  return operation;
}
