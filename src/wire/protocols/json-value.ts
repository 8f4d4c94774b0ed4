// Values in JSON and back, by their model: names, timestamps, blobs, numbers that JSON has no words for. What is not in the model is
// left out, and so are nulls. Required members and enums are looked at later.
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
import { parseBlob, parseDouble, timestampFormat } from './scalar-text.ts';
import { formatTimestamp, parseTimestamp } from './timestamp-text.ts';

/** Far deeper than any model; what is deeper is not meant but made to exhaust the stack. */
const maxDepth = 100;

type JsonObject = Readonly<Record<string, unknown>>;

/** The value of parsed JSON; throws SerializationException where it is of another type. `where` is its place, for the error. */
export function fromJson(model: WireModel, ref: Ref, json: unknown, where = '', depth = 0): unknown {
  const shape = shapeOf(model, ref);
  if (depth > maxDepth) throw serializationError(`${where}: The value is nested too deeply.`);
  switch (kindOf(shape)) {
    case 'structure':
      return structureFromJson(model, shape as StructureShape, asObject(json, where), where, depth);
    case 'list':
      if (!Array.isArray(json)) return refuse(where, 'a List');
      return json.flatMap((one: unknown, index) => {
        const { of } = shape as { readonly of: Ref };
        return one === null ? [] : [fromJson(model, of, one, `${where}[${index}]`, depth + 1)];
      });
    case 'map':
      return mapFromJson(model, shape as MapShape, asObject(json, where), where, depth);
    case 'document':
      return json;
    default:
      return scalarFromJson(model, ref, json, where);
  }
}

/** The members of a structure that a JSON object holds. */
export function structureFromJson(
  model: WireModel,
  { members }: StructureShape,
  json: JsonObject,
  where = '',
  depth = 0,
): JsonObject {
  const value: Record<string, unknown> = {};
  for (const [member, ref] of Object.entries(members)) {
    const name = refOf(ref).locationName ?? member;
    const given = Object.hasOwn(json, name) ? json[name] : undefined;
    if (given === undefined || given === null) continue;
    value[member] = fromJson(model, ref, given, where === '' ? name : `${where}.${name}`, depth + 1);
  }
  return value;
}

function mapFromJson(
  model: WireModel,
  { of }: MapShape,
  json: JsonObject,
  where: string,
  depth: number,
): JsonObject {
  const entries = Object.entries(json).filter(([, value]) => value !== null);
  return fromEntries(
    entries.map(([key, value]) => [key, fromJson(model, of, value, `${where}.${key}`, depth + 1)]),
  );
}

function scalarFromJson(model: WireModel, ref: Ref, json: unknown, where: string): unknown {
  const shape = shapeOf(model, ref);
  const kind = kindOf(shape);
  if (typeof json === 'string') {
    if (kind === 'blob') return parseBlob(json, where);
    if (kind === 'timestamp') return parseTimestamp(json) ?? refuse(where, 'a Timestamp');
    if (kind === 'double') return parseDouble(json) ?? refuse(where, 'a Double');
    if (kind === 'string' || kind === 'text' || kind === 'enum') {
      return json;
    }
  }
  if (typeof json === 'number' && acceptsNumber(kind, json)) return json;
  if (typeof json === 'boolean' && kind === 'boolean') return json;
  return refuse(where, names[kind] ?? 'a String');
}

function acceptsNumber(kind: string, value: number): boolean {
  if (kind === 'integer') return value === (value | 0);
  if (kind === 'long') return Number.isSafeInteger(value);
  return kind === 'double' || (kind === 'timestamp' && Math.abs(value) <= 8.64e12);
}

const names: Readonly<Record<string, string>> = {
  boolean: 'a Boolean',
  integer: 'an Integer',
  long: 'a Long',
  double: 'a Double',
  timestamp: 'a Timestamp',
  blob: 'a Blob in base64',
};

/** The JSON of a value, for `JSON.stringify`; members that the model lacks, null or undefined are left out. */
export function toJson(model: WireModel, ref: Ref, value: unknown): unknown {
  const shape = shapeOf(model, ref);
  switch (kindOf(shape)) {
    case 'structure':
      return structureToJson(model, shape as StructureShape, value as JsonObject);
    case 'list':
      return (value as readonly unknown[]).map((one) =>
        toJson(model, (shape as { readonly of: Ref }).of, one),
      );
    case 'map':
      return fromEntries(
        Object.entries(value as JsonObject).map(([key, one]) => [
          key,
          toJson(model, (shape as MapShape).of, one),
        ]),
      );
    case 'document':
      return value;
    default:
      return scalarToJson(model, ref, value);
  }
}

/** As `toJson`, of these members only. */
export function structureToJson(
  model: WireModel,
  { members }: StructureShape,
  value: JsonObject,
): JsonObject {
  return fromEntries(
    Object.entries(members).flatMap(([member, ref]) => {
      const given = value[member];
      return given === undefined || given === null
        ? []
        : [[refOf(ref).locationName ?? member, toJson(model, ref, given)]];
    }),
  );
}

function scalarToJson(model: WireModel, given: Ref, value: unknown): unknown {
  const [ref, shape] = [refOf(given), shapeOf(model, given)];
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value !== 'number') return value;
  if (kindOf(shape) === 'timestamp') {
    const format = timestampFormat(ref, shape, 'unixTimestamp');
    return format === 'unixTimestamp' ? value : formatTimestamp(value, format);
  }
  return Number.isFinite(value) ? value : String(value);
}

// Not by assignment: a key may be `__proto__`.
const fromEntries = (entries: readonly (readonly [string, unknown])[]): JsonObject =>
  Object.fromEntries(entries) as JsonObject;

function asObject(json: unknown, where: string): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return refuse(where, 'a Structure or Map');
  return json as JsonObject;
}

function refuse(where: string, type: string): never {
  throw serializationError(`${where === '' ? 'The body' : where} can not be converted to ${type}.`);
}
