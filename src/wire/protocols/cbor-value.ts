// Values in CBOR. A timestamp is seconds with tag 1, which is read as a Date. Values are checked where all inputs are.
import { Encoder, Tag } from 'cbor-x';
import { serializationError } from './json-body.ts';
import { readCbor } from './read-cbor.ts';
import { kindOf, shapeOf, type MapShape, type Ref, type StructureShape, type ApiModel } from '../model.ts';

type Members = Readonly<Record<string, unknown>>;

// Maps with names, not cbor-x's own records, which no client of AWS reads.
const encoder = new Encoder({ useRecords: false, tagUint8Array: false, variableMapSize: true });
const epochSeconds = 1;

/** The bytes of a value that is made of what `toCbor` answers. */
export const encodeCbor = (value: unknown): Uint8Array => Uint8Array.from(encoder.encode(value));

/** The map in a body; no bytes are an empty one. Throws SerializationException. */
export function decodeCbor(body: Uint8Array): Members {
  if (body.length === 0) return {};
  const value = readCbor(body);
  if (!isMap(value)) throw serializationError('The request body must be a CBOR map.');
  return value;
}

/** What `encodeCbor` makes the bytes of a value of. */
export function toCbor(model: ApiModel, ref: Ref, value: unknown): unknown {
  const shape = shapeOf(model, ref);
  switch (kindOf(shape)) {
    case 'structure':
      return structureToCbor(model, shape as StructureShape, value as Members);
    case 'list':
      return (value as readonly unknown[]).map((one) =>
        toCbor(model, (shape as { readonly of: Ref }).of, one),
      );
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Members).map(([key, one]) => [
          key,
          toCbor(model, (shape as MapShape).of, one),
        ]),
      );
    case 'timestamp':
      return new Tag(value, epochSeconds);
    case 'blob':
      return typeof value === 'string' ? Buffer.from(value) : value;
    default:
      return value;
  }
}

/** As `toCbor`, of these members only. */
export function structureToCbor(model: ApiModel, { members }: StructureShape, value: Members): Members {
  return Object.fromEntries(
    Object.entries(members).flatMap(([member, of]) => {
      const one = value[member];
      return isAbsent(one) ? [] : [[member, toCbor(model, of, one)]];
    }),
  );
}

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

const isMap = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date);
