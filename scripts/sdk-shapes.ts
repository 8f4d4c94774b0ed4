// Builds the run-time table of an API's shapes from an AWS SDK package's schemas and declarations.
import type { Shape, Shapes } from '../src/wire/shapes.ts';
import type { Declared } from './sdk-declarations.ts';

/** What the SDK package tells about an API. */
export interface SdkModel {
  /** The package's exports: schemas (`RunTaskRequest$`) and enums (`LaunchType`). */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly declared: ReadonlyMap<string, Declared>;
  /** `Structure.member` of every number that is not an integer: the schemas say no more than "number". */
  readonly numbers: Readonly<Record<string, 'Long' | 'Double'>>;
  /** `Structure.member` of every string whose empty value says something. */
  readonly texts: readonly string[];
}

// The SDK's compact schemas: an array whose first element is the kind, or a number for a simple type.
type Schema = number | readonly unknown[] | (() => Schema);
const kinds = { list: 1, map: 2, structure: 3, union: 4, operation: 9 } as const;
const listOf = 64;
const mapOf = 128;
const simpleNames: Readonly<Record<number, string>> = {
  0: 'String',
  1: 'Integer',
  2: 'Boolean',
  4: 'Timestamp',
  15: 'Document',
  21: 'Blob',
};
const simpleShapes: Readonly<Record<string, Shape>> = {
  String: 'string',
  Text: 'text',
  Integer: 'integer',
  Long: 'long',
  Double: 'double',
  Boolean: 'boolean',
  Timestamp: 'timestamp',
  Document: 'document',
  Blob: 'blob',
};

/** The table of all operations of `model` and every shape they reach, by name in alphabetical order. */
export function buildShapes(model: SdkModel): Shapes {
  const builder = new ShapeTableBuilder(model);
  const operations: Record<string, { input: string; output: string }> = {};
  for (const schema of Object.values(model.exports)) {
    if (!Array.isArray(schema) || schema[0] !== kinds.operation) continue;
    const [, , name, , input, output] = schema as [number, string, string, number, Schema, Schema];
    operations[name] = { input: builder.add(input), output: builder.add(output) };
  }
  return { shapes: sorted(builder.finish()), operations: sorted(operations) };
}

/** Collects shapes while walking schemas; refuses whatever it cannot tell for certain. */
class ShapeTableBuilder {
  readonly #model: SdkModel;
  readonly #shapes: Record<string, Shape> = {};
  readonly #named = new Set<string>();

  constructor(model: SdkModel) {
    this.#model = model;
  }

  /** Adds a schema and all it reaches; answers its name. `declared` and `at` say how a structure's member calls it. */
  add(schema: Schema, declared = '', at = ''): string {
    const resolved = typeof schema === 'function' ? schema() : schema;
    if (typeof resolved === 'number') return this.#addNumber(resolved, declared, at);
    if (Array.isArray(resolved) && typeof resolved[1] !== 'string') {
      return this.add(resolved[0] as Schema, declared, at); // a member with traits
    }
    const [kind, , name] = resolved as [number, string, string];
    if (kind === kinds.structure || kind === kinds.union) return this.#addStructure(resolved as never);
    if (kind === kinds.list) {
      return this.#put(name, { kind: 'list', of: this.add((resolved as Schema[])[4]!, declared) });
    }
    if (kind === kinds.map) {
      return this.#put(name, { kind: 'map', of: this.add((resolved as Schema[])[5]!, declared) });
    }
    if (kind === 0) return this.add((resolved as Schema[])[4]!, declared, at);
    throw new Error(`schema ${name} is of unknown kind ${kind}`);
  }

  finish(): Record<string, Shape> {
    const { numbers, texts } = this.#model;
    const unused = [...Object.keys(numbers), ...texts].filter((at) => !this.#named.has(at));
    if (unused.length > 0) throw new Error(`no such number or text in the SDK: ${unused.join(', ')}`);
    return this.#shapes;
  }

  #addNumber(schema: number, declared: string, at: string): string {
    if ((schema & listOf) !== 0) {
      const of = this.#addNumber(schema & ~listOf, declared, at);
      return this.#put(`${of}List`, { kind: 'list', of });
    }
    if ((schema & mapOf) !== 0) {
      const of = this.#addNumber(schema & ~mapOf, declared, at);
      return this.#put(`${of}Map`, { kind: 'map', of });
    }
    const values = this.#model.exports[declared];
    if (schema === 0 && typeof values === 'object' && values !== null) {
      return this.#put(declared, { kind: 'enum', values: Object.values(values) as string[] });
    }
    const name = this.#specialName(schema, at) ?? simpleNames[schema];
    if (name === undefined) throw new Error(`${at} is of unknown simple type ${schema}`);
    return this.#put(name, simpleShapes[name]!);
  }

  #specialName(schema: number, at: string): string | undefined {
    const { numbers, texts } = this.#model;
    const number = schema === 1 && Object.hasOwn(numbers, at) ? numbers[at] : undefined;
    const name = number ?? (schema === 0 && texts.includes(at) ? 'Text' : undefined);
    if (name !== undefined) this.#named.add(at);
    return name;
  }

  #addStructure(schema: readonly [number, string, string, unknown, string[], Schema[], number?]): string {
    const [, , name, , names, types, requiredCount = 0] = schema;
    if (Object.hasOwn(this.#shapes, name)) return name;
    const declared = this.#model.declared.get(name);
    const required = names.slice(0, requiredCount);
    checkAgrees(name, names, required, declared);
    const members: Record<string, string> = {};
    this.#shapes[name] = { kind: 'structure', members, required };
    for (const [index, member] of names.entries()) {
      members[member] = this.add(types[index]!, declared?.types.get(member), `${name}.${member}`);
    }
    return name;
  }

  #put(name: string, shape: Shape): string {
    const known = this.#shapes[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(shape)) {
      throw new Error(`two different shapes are called ${name}`);
    }
    this.#shapes[name] = shape;
    return name;
  }
}

function checkAgrees(
  name: string,
  members: readonly string[],
  required: readonly string[],
  declared: Declared | undefined,
): void {
  const text = (of: Iterable<string>) => [...of].sort().join(' ');
  if (members.length === 0 && (declared === undefined || declared.types.size === 0)) return;
  if (declared === undefined) throw new Error(`the SDK does not declare ${name}`);
  if (text(members) !== text(declared.types.keys())) {
    throw new Error(`the SDK's schema and declaration of ${name} differ in their members`);
  }
  if (text(required) !== text(declared.required)) {
    throw new Error(`the SDK's schema and declaration of ${name} differ in what is required`);
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
