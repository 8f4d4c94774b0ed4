// Values in CBOR and back, by their model. A timestamp is seconds with tag 1. What is not in the model is left out, and so are nulls.
import { Decoder, Encoder, Tag } from 'cbor-x';
import { serializationError } from './json-body.ts';
import {
  kindOf,
  refOf,
  shapeOf,
  type MapShape,
  type Ref,
  type StructureShape,
  type WireModel,
} from './model.ts';

type Members = Readonly<Record<string, unknown>>;

// Maps with names, not cbor-x's own records, which no client of AWS reads.
const encoder = new Encoder({ useRecords: false, tagUint8Array: false, variableMapSize: true });
const decoder = new Decoder({ useRecords: false, mapsAsObjects: true });
/** Deeper than any model; what is deeper is made to exhaust the stack. */
const maxDepth = 100;
const epochSeconds = 1;

/** The bytes of a value that is made of what `toCbor` answers. */
export const encodeCbor = (value: unknown): Uint8Array => Uint8Array.from(encoder.encode(value));

/** What the bytes hold, for `fromCbor`; no bytes are an empty map. Throws SerializationException. */
export function decodeCbor(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return decoder.decode(Buffer.from(body)) as unknown;
  } catch {
    throw serializationError('The request body is not valid CBOR.');
  }
}

/** The value of what was decoded; throws SerializationException where it is of another type. */
export function fromCbor(model: WireModel, ref: Ref, given: unknown, where = '', depth = 0): unknown {
  const shape = shapeOf(model, ref);
  if (depth > maxDepth) throw serializationError(`${where}: The value is nested too deeply.`);
  switch (kindOf(shape)) {
    case 'structure':
      return structureFromCbor(model, shape as StructureShape, asMap(given, where), where, depth);
    case 'list':
      if (!Array.isArray(given)) return refuse(where, 'a List');
      return given.flatMap((one: unknown, index) => {
        const { of } = shape as { readonly of: Ref };
        return isAbsent(one) ? [] : [fromCbor(model, of, one, `${where}[${index}]`, depth + 1)];
      });
    case 'map':
      return Object.fromEntries(
        Object.entries(asMap(given, where)).flatMap(([key, one]) =>
          isAbsent(one)
            ? []
            : [[key, fromCbor(model, (shape as MapShape).of, one, `${where}.${key}`, depth + 1)]],
        ),
      );
    default:
      return scalarFromCbor(kindOf(shape), given, where);
  }
}

function structureFromCbor(
  model: WireModel,
  { members }: StructureShape,
  given: Members,
  where: string,
  depth: number,
): Members {
  const value: Record<string, unknown> = {};
  for (const [member, ref] of Object.entries(members)) {
    const name = refOf(ref).locationName ?? member;
    if (!Object.hasOwn(given, name) || isAbsent(given[name])) continue;
    value[member] = fromCbor(model, ref, given[name], where === '' ? name : `${where}.${name}`, depth + 1);
  }
  return value;
}

function scalarFromCbor(kind: string, given: unknown, where: string): unknown {
  switch (kind) {
    case 'boolean':
      return typeof given === 'boolean' ? given : refuse(where, 'a Boolean');
    case 'integer':
      return typeof given === 'number' && given === (given | 0) ? given : refuse(where, 'an Integer');
    case 'long':
      return Number.isSafeInteger(given) ? given : refuse(where, 'a Long');
    case 'double':
      return typeof given === 'number' ? given : refuse(where, 'a Double');
    case 'timestamp':
      return secondsOf(given) ?? refuse(where, 'a Timestamp');
    case 'blob':
      return given instanceof Uint8Array ? Buffer.from(given) : refuse(where, 'a Blob');
    case 'document':
      return given;
    default:
      return typeof given === 'string' ? given : refuse(where, 'a String');
  }
}

/** cbor-x makes dates of what has tag 1. */
function secondsOf(given: unknown): number | undefined {
  const seconds = given instanceof Date ? given.getTime() / 1000 : given;
  return typeof seconds === 'number' && Math.abs(seconds) <= 8.64e12 ? seconds : undefined;
}

/** What `encodeCbor` makes the bytes of a value of. */
export function toCbor(model: WireModel, ref: Ref, value: unknown): unknown {
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
export function structureToCbor(model: WireModel, { members }: StructureShape, value: Members): Members {
  return Object.fromEntries(
    Object.entries(members).flatMap(([member, of]) => {
      const one = value[member];
      return isAbsent(one) ? [] : [[refOf(of).locationName ?? member, toCbor(model, of, one)]];
    }),
  );
}

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

function asMap(given: unknown, where: string): Members {
  const isMap =
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    !(given instanceof Uint8Array) &&
    !(given instanceof Date);
  return isMap ? (given as Members) : refuse(where, 'a Structure or Map');
}

function refuse(where: string, type: string): never {
  throw serializationError(`${where === '' ? 'The body' : where} can not be converted to ${type}.`);
}
