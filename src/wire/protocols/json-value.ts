// Values in JSON, by their model: names, timestamps, blobs, numbers that JSON has no words for. Values are checked where all inputs are.
import { serializationError } from './json-body.ts';
import {
  refOf,
  shapeOf,
  type ApiModel,
  type Ref,
  type Shape,
  type StructureShape,
  type TimestampFormat,
} from '../model.ts';
import { formatTimestamp } from './timestamp-text.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than any model; what is deeper is made to exhaust the stack. */
const maxDepth = 100;

/** Parsed JSON with the names of members in place of those that JSON has for them; what is not of the model's kind stays as it is. */
export function withMemberNames(model: ApiModel, ref: Ref, json: unknown, depth = 0): unknown {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'string' || typeof json !== 'object' || json === null) return json;
  if (depth > maxDepth) throw serializationError('The request body is nested too deeply.');
  const inner = (of: Ref) => (one: unknown) => withMemberNames(model, of, one, depth + 1);
  if (Array.isArray(json)) return shape.kind === 'list' ? json.map(inner(shape.of)) : json;
  if (shape.kind === 'structure') return structureWithMemberNames(model, shape, json as JsonObject, depth);
  return shape.kind === 'map' ? mapEntries(json, inner(shape.of)) : json;
}

/** The members of a structure that a JSON object holds, by their own names. */
export function structureWithMemberNames(
  model: ApiModel,
  { members }: StructureShape,
  json: JsonObject,
  depth = 0,
): JsonObject {
  const value: Record<string, unknown> = {};
  for (const [member, ref] of Object.entries(members)) {
    const name = refOf(ref).locationName ?? member;
    if (Object.hasOwn(json, name)) value[member] = withMemberNames(model, ref, json[name], depth + 1);
  }
  return value;
}

/** Makes of a value what `JSON.stringify` is to write. */
export type ToJson = (value: unknown) => unknown;

/** Whose names members have: their own, or those that the model gives them for JSON. */
export type MemberNames = 'own' | 'locationName';

/** The writer of a shape's values, compiled once: for most there is nothing to do. Null members, and those that the model lacks, are left out by one that does something. */
export function jsonWriter(model: ApiModel, ref: Ref, names: MemberNames): ToJson {
  return new WriterCompiler(model, names).compile(ref);
}

/** As `jsonWriter`, of these members only. */
export function structureWriter(model: ApiModel, structure: StructureShape, names: MemberNames): ToJson {
  return new WriterCompiler(model, names).compileMembers(structure);
}

const asItIs: ToJson = (value) => value;

class WriterCompiler {
  readonly #model: ApiModel;
  readonly #names: MemberNames;
  readonly #compiled = new Map<string, ToJson>();

  constructor(model: ApiModel, names: MemberNames) {
    this.#model = model;
    this.#names = names;
  }

  compile(ref: Ref): ToJson {
    if (!this.#changes(ref, new Set())) return asItIs;
    const { shape: name, timestampFormat } = refOf(ref);
    const key = `${name} ${timestampFormat}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    // Shapes may contain themselves: the entry must exist before its members are compiled.
    this.#compiled.set(key, (value) => write(value));
    const write = this.#compileShape(shapeOf(this.#model, ref), timestampFormat);
    this.#compiled.set(key, write);
    return write;
  }

  compileMembers({ members }: StructureShape): ToJson {
    const writers = Object.entries(members).map(
      ([member, ref]) => [member, this.#nameOf(member, ref), this.compile(ref)] as const,
    );
    return (value) => {
      const item = value as JsonObject;
      const json: Record<string, unknown> = {};
      for (const [member, name, write] of writers) {
        const one = item[member];
        if (one !== undefined && one !== null) json[name] = write(one);
      }
      return json;
    };
  }

  #compileShape(shape: Shape, format: TimestampFormat | undefined): ToJson {
    if (shape === 'blob') return blobToJson;
    if (shape === 'double') return doubleToJson;
    if (typeof shape === 'string') return timestampWriter(format);
    switch (shape.kind) {
      case 'timestamp':
        return timestampWriter(format ?? shape.timestampFormat);
      case 'list': {
        const write = this.compile(shape.of);
        return (value) => (value as readonly unknown[]).map(write);
      }
      case 'map': {
        const write = this.compile(shape.of);
        return (value) => mapEntries(value as object, write);
      }
      case 'structure':
        return this.compileMembers(shape);
      case 'enum':
        return asItIs;
    }
  }

  #nameOf(member: string, ref: Ref): string {
    return this.#names === 'own' ? member : (refOf(ref).locationName ?? member);
  }

  /** Whether anything in a value of the shape is written otherwise than `JSON.stringify` writes it. */
  #changes(ref: Ref, seen: Set<string>): boolean {
    const { shape: name, timestampFormat } = refOf(ref);
    const shape = shapeOf(this.#model, ref);
    if (shape === 'blob') return true;
    if (shape === 'double') return this.#model.takesNonFinite === true;
    if (shape === 'timestamp') return isText(timestampFormat);
    if (typeof shape === 'string' || seen.has(name)) return false;
    seen.add(name);
    switch (shape.kind) {
      case 'timestamp':
        return isText(timestampFormat ?? shape.timestampFormat);
      case 'enum':
        return false;
      case 'structure':
        return Object.entries(shape.members).some(
          ([member, of]) => this.#nameOf(member, of) !== member || this.#changes(of, seen),
        );
      default:
        return this.#changes(shape.of, seen);
    }
  }
}

const isText = (format: TimestampFormat = 'unixTimestamp'): boolean => format !== 'unixTimestamp';

const timestampWriter =
  (format: TimestampFormat = 'unixTimestamp'): ToJson =>
  (value) =>
    isText(format) ? formatTimestamp(value as number, format) : value;

const doubleToJson: ToJson = (value) => (Number.isFinite(value) ? value : String(value));

const blobToJson: ToJson = (value) => Buffer.from(value as Uint8Array).toString('base64');

const mapEntries = (map: object, change: (value: unknown) => unknown): JsonObject =>
  // Not by assignment: a key may be `__proto__`.
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
