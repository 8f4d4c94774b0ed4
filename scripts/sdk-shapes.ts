// Builds an API's model from an AWS SDK package's schemas and declarations, for the operations that are served.
import type { Additions } from './ecs-additions.ts';
import { shapeOf, structureOf } from '../src/wire/model.ts';
import type {
  ApiModel,
  HttpTrait,
  OperationModel,
  Ref,
  Shape,
  ShapeRef,
  SimpleKind,
  StructureShape,
  TimestampFormat,
  XmlNamespace,
} from '../src/wire/model.ts';
import type { Declared } from './sdk-declarations.ts';

/** What the SDK package tells about an API. */
export interface SdkModel {
  /** The package's exports: schemas (`RunTaskRequest$`) and enums (`LaunchType`). */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly declared: ReadonlyMap<string, Declared>;
  /** What the client is set to: signing name, namespace, target. */
  readonly service: Omit<ApiModel, 'shapes' | 'operations' | 'otherOperations'>;
  /** The operations that are served; all others are known by their names alone. */
  readonly operations: readonly string[];
  /** The errors that an operation's documentation names. */
  readonly errorsOf: (operation: string) => readonly string[];
  /** `Structure.member` of every number that is not an integer: the schemas say no more than "number". */
  readonly numbers: Readonly<Record<string, 'Long' | 'Double'>>;
  /** `Structure.member` of every string whose empty value says something. */
  readonly texts: readonly string[];
  /** Enums to which the service adds again and again: a value that the SDK does not have yet is one all the same. */
  readonly openEnums: readonly string[];
}

// The SDK's compact schemas: an array whose first element is the kind, or a number for a simple type.
type SchemaArray = readonly unknown[];
type Schema = number | string | SchemaArray | (() => Schema);
type Traits = Readonly<Record<string, unknown>>;
const kinds = { error: -3, simple: 0, list: 1, map: 2, structure: 3, union: 4, operation: 9 } as const;
const listOf = 64;
const mapOf = 128;
const streamingBlob = 42;
const simpleNames: Readonly<Record<number, string>> = {
  0: 'String',
  1: 'Integer',
  2: 'Boolean',
  4: 'Timestamp',
  5: 'Timestamp',
  6: 'Timestamp',
  7: 'Timestamp',
  15: 'Document',
  21: 'Blob',
  [streamingBlob]: 'Blob',
};
const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'iso8601',
  6: 'rfc822',
  7: 'unixTimestamp',
};
const simpleShapes: Readonly<Record<string, SimpleKind>> = {
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
/** The bits of traits that are written as a number. */
const traitBits = [
  'httpLabel',
  '',
  '',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
] as const;

/** The model of the operations that are served and every shape they reach, by name in alphabetical order. */
export function buildModel(model: SdkModel): ApiModel {
  const builder = new ModelBuilder(model);
  const all = operationSchemas(model.exports);
  const operations: Record<string, OperationModel> = {};
  for (const name of model.operations) {
    const schema = all.get(name);
    if (schema === undefined) throw new Error(`the SDK has no operation ${name}`);
    operations[name] = builder.addOperation(schema);
    for (const error of model.errorsOf(name)) builder.addError(error);
  }
  const others = [...all.values()].filter(([, , name]) => !model.operations.includes(name));
  const otherRoutes = others.flatMap(([, , name, traits, input]) => {
    const http = httpTrait(traitsOf(traits), input);
    return http === undefined ? [] : [[name, http] as const];
  });
  return {
    ...model.service,
    operations: sorted(operations),
    otherOperations: others.map(([, , name]) => name).sort(),
    ...(otherRoutes.length > 0 && { otherRoutes: sorted(Object.fromEntries(otherRoutes)) }),
    shapes: sorted(builder.finish()),
  };
}

/** The model with those shapes, members and values too; an Error where it lacks what they belong to. */
export function extended(model: ApiModel, { shapes, members, values }: Additions): ApiModel {
  const structures = Object.entries(members).map(([name, added]): [string, Shape] => {
    const shape = structureOf(model, name);
    return [name, { ...shape, members: { ...shape.members, ...added } }];
  });
  const enums = Object.entries(values).map(([name, added]): [string, Shape] => {
    const shape = shapeOf(model, name);
    if (typeof shape === 'string' || shape.kind !== 'enum') throw new Error(`the shape ${name} is no enum`);
    return [name, { ...shape, values: [...shape.values, ...added].toSorted() }];
  });
  return {
    ...model,
    shapes: sorted({ ...model.shapes, ...shapes, ...Object.fromEntries([...structures, ...enums]) }),
  };
}

type OperationSchema = readonly [9, string, string, Traits | number, Schema, Schema];
type StructureSchema = readonly [number, string, string, Traits | number, string[], Schema[], number?];

const operationSchemas = (exported: Readonly<Record<string, unknown>>): Map<string, OperationSchema> =>
  new Map(
    Object.values(exported)
      .filter((schema) => Array.isArray(schema) && schema[0] === kinds.operation)
      .map((schema) => [(schema as OperationSchema)[2], schema as OperationSchema]),
  );

/** How a structure's member calls a shape, where the schema alone does not tell what it is. */
interface Use {
  /** The name of the declared type. */
  readonly declared?: string | undefined;
  /** `Structure.member` */
  readonly at: string;
}

/** Collects shapes while walking schemas; refuses whatever it cannot tell for certain. */
class ModelBuilder {
  readonly #model: SdkModel;
  readonly #shapes: Record<string, Shape> = {};
  readonly #named = new Set<string>();

  constructor(model: SdkModel) {
    this.#model = model;
  }

  addOperation([, , name, traits, input, output]: OperationSchema): OperationModel {
    const taken = this.#add(input, { at: name });
    const http = httpTrait(traitsOf(traits), input);
    return { input: taken.shape, output: this.#add(output, { at: name }).shape, ...(http && { http }) };
  }

  addError(name: string): void {
    const schema = this.#model.exports[`${name}$`] as StructureSchema | undefined;
    if (schema?.[0] !== kinds.error) throw new Error(`the SDK has no error ${name}`);
    this.#addStructure(schema);
  }

  finish(): Record<string, Shape> {
    const { numbers, texts, openEnums } = this.#model;
    const unused = [...Object.keys(numbers), ...texts, ...openEnums].filter((at) => !this.#named.has(at));
    if (unused.length > 0) throw new Error(`no such number, text or enum in the SDK: ${unused.join(', ')}`);
    return this.#shapes;
  }

  /** Adds a schema and all it reaches. */
  #add(schema: Schema, use: Use): ShapeRef {
    const resolved = typeof schema === 'function' ? schema() : schema;
    if (typeof resolved === 'function') return this.#add(resolved, use);
    if (resolved === 'unit') return { shape: this.#put('Unit', { kind: 'structure', members: {} }) };
    if (typeof resolved === 'number') return this.#addNumber(resolved, use);
    if (typeof resolved === 'string') throw new Error(`${use.at} is of unknown type ${resolved}`);
    if (typeof resolved[1] !== 'string') {
      const inner = this.#add(resolved[0] as Schema, use); // a member with traits
      return { ...inner, ...refTraits(traitsOf(resolved[1]), use.at) };
    }
    const [kind, , name, traits] = resolved as [number, string, string, Traits | number];
    switch (kind) {
      case kinds.structure:
      case kinds.union:
      case kinds.error:
        return { shape: this.#addStructure(resolved as unknown as StructureSchema), ...sensitivity(traits) };
      case kinds.list:
        return {
          shape: this.#put(name, { kind: 'list', of: this.#addRef(resolved[4] as Schema, use) }),
          ...sensitivity(traits),
        };
      case kinds.map:
        return {
          shape: this.#addMap(name, resolved[4] as Schema, resolved[5] as Schema, use),
          ...sensitivity(traits),
        };
      case kinds.simple:
        return { ...this.#add(resolved[4] as Schema, use), ...refTraits(traitsOf(traits), use.at) };
      default:
        throw new Error(`schema ${name} is of unknown kind ${kind}`);
    }
  }

  #addRef(schema: Schema, use: Use): Ref {
    return shortest(this.#add(schema, use));
  }

  #addMap(name: string, key: Schema, value: Schema, use: Use): string {
    const keyRef = this.#addRef(key, { at: use.at });
    const of = this.#addRef(value, use);
    return this.#put(name, { kind: 'map', ...(typeof keyRef !== 'string' && { key: keyRef }), of });
  }

  #addNumber(schema: number, use: Use): ShapeRef {
    if ((schema & listOf) !== 0) {
      const of = this.#addNumber(schema & ~listOf, use).shape;
      return { shape: this.#put(`${of}List`, { kind: 'list', of }) };
    }
    if ((schema & mapOf) !== 0) {
      const of = this.#addNumber(schema & ~mapOf, use).shape;
      return { shape: this.#put(`${of}Map`, { kind: 'map', of }) };
    }
    const values = schema === 0 ? this.#enumValues(use.declared) : undefined;
    if (values !== undefined) return { shape: this.#put(use.declared!, { kind: 'enum', values }) };
    const name = this.#specialName(schema, use.at) ?? simpleNames[schema];
    if (name === undefined) throw new Error(`${use.at} is of unknown simple type ${schema}`);
    const timestampFormat = timestampFormats[schema];
    return {
      shape: this.#put(name, simpleShapes[name]!),
      ...(timestampFormat !== undefined && { timestampFormat }),
      ...(schema === streamingBlob && { streaming: true }),
    };
  }

  #enumValues(declared: string | undefined): string[] | undefined {
    const values = declared === undefined ? undefined : this.#model.exports[declared];
    if (typeof values !== 'object' || values === null) return undefined;
    if (!this.#model.openEnums.includes(declared!)) return Object.values(values) as string[];
    this.#named.add(declared!);
    return undefined;
  }

  #specialName(schema: number, at: string): string | undefined {
    const { numbers, texts } = this.#model;
    const number = schema === 1 && Object.hasOwn(numbers, at) ? numbers[at] : undefined;
    const name = number ?? (schema === 0 && texts.includes(at) ? 'Text' : undefined);
    if (name !== undefined) this.#named.add(at);
    return name;
  }

  #addStructure(schema: StructureSchema): string {
    const [kind, , name, , names, types, requiredCount = 0] = schema;
    if (Object.hasOwn(this.#shapes, name)) return name;
    const traits = traitsOf(schema[3]);
    if (traits['streaming'] !== undefined && this.#model.service.targetPrefix === undefined)
      throw new Error(`${name} is a stream of events, which only the codec of JSON writes`);
    // What would hide a global name is declared under another.
    const declared = this.#model.declared.get(name) ?? this.#model.declared.get(`_${name}`);
    const required = names.slice(0, requiredCount);
    if (kind !== kinds.error) checkAgrees(name, names, required, declared);
    const members: Record<string, Ref> = {};
    const shape: { -readonly [Key in keyof StructureShape]: StructureShape[Key] } = {
      kind: 'structure',
      members,
    };
    this.#shapes[name] = shape;
    if (required.length > 0) shape.required = required;
    Object.assign(shape, structureTraits(traits, kind === kinds.error));
    for (const [index, member] of names.entries()) {
      // Each protocol has its own place for an error's message.
      if (kind === kinds.error && member.toLowerCase() === 'message') continue;
      if (isPayload(types[index]!)) shape.payload = member;
      const use = { declared: declared?.types.get(member), at: `${name}.${member}` };
      members[member] = this.#addRef(types[index]!, use);
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

const shortest = (ref: ShapeRef): Ref => (Object.keys(ref).length === 1 ? ref.shape : ref);

function traitsOf(input: unknown): Traits {
  if (typeof input === 'object' && input !== null) return input as Traits;
  if (typeof input !== 'number') return {};
  return Object.fromEntries(
    traitBits.flatMap((name, bit) => (name !== '' && (input & (1 << bit)) !== 0 ? [[name, 1]] : [])),
  );
}

const isPayload = (schema: Schema): boolean =>
  Array.isArray(schema) && typeof schema[1] !== 'string' && traitsOf(schema[1])['httpPayload'] === 1;

const sensitivity = (traits: Traits | number): Pick<ShapeRef, 'sensitive'> =>
  traitsOf(traits)['sensitive'] === undefined ? {} : { sensitive: true };

/** The traits of a member that say where and how it is written, and whether it may be shown. */
function refTraits(traits: Traits, at: string): Partial<ShapeRef> {
  if ('eventHeader' in traits || 'eventPayload' in traits)
    throw new Error(`${at} is part of a stream of events`);
  const header = traits['httpHeader'] as string | undefined;
  const prefix = traits['httpPrefixHeaders'] as string | undefined;
  const query = traits['httpQuery'] as string | undefined;
  const inBody = (traits['xmlName'] ?? traits['jsonName']) as string | undefined;
  const locationName = header ?? prefix ?? query ?? inBody;
  const location = locationOf(traits);
  return {
    ...(location !== undefined && { location }),
    ...(locationName !== undefined && { locationName }),
    ...(traits['ec2QueryName'] !== undefined && { queryName: traits['ec2QueryName'] as string }),
    ...(traits['xmlFlattened'] !== undefined && { flattened: true }),
    ...(traits['xmlAttribute'] !== undefined && { xmlAttribute: true }),
    ...(traits['mediaType'] === 'application/json' && header !== undefined && { jsonvalue: true }),
    ...namespaceTrait(traits),
    ...sensitivity(traits),
  };
}

function locationOf(traits: Traits): ShapeRef['location'] {
  if (traits['httpLabel'] !== undefined) return 'uri';
  if (traits['httpHeader'] !== undefined) return 'header';
  if (traits['httpPrefixHeaders'] !== undefined) return 'headers';
  if (traits['httpQuery'] !== undefined || traits['httpQueryParams'] !== undefined) return 'querystring';
  return traits['httpResponseCode'] === undefined ? undefined : 'statusCode';
}

function structureTraits(traits: Traits, isError: boolean): Partial<StructureShape> {
  const [code, status] = (traits['awsQueryError'] as [string, number] | undefined) ?? [];
  const httpStatusCode = (traits['httpError'] as number | undefined) ?? status;
  return {
    ...(traits['xmlName'] !== undefined && { locationName: traits['xmlName'] as string }),
    ...(traits['streaming'] !== undefined && { eventstream: true }),
    ...namespaceTrait(traits),
    ...(isError && {
      error: {
        ...(code !== undefined && { code }),
        ...(httpStatusCode !== undefined && { httpStatusCode }),
        senderFault: traits['error'] !== 'server',
      },
    }),
  };
}

function namespaceTrait(traits: Traits): { xmlNamespace?: XmlNamespace } {
  if (traits['xmlNamespace'] === undefined) return {};
  const [prefix, uri] = traits['xmlNamespace'] as [string, string];
  return { xmlNamespace: prefix === 'xmlns' || prefix === '' ? { uri } : { uri, prefix } };
}

/** The SDK leaves the bucket to the endpoint, and tells S3 which operation it means, which other clients do not. */
function httpTrait(traits: Traits, input: Schema): HttpTrait | undefined {
  if (traits['http'] === undefined) return undefined;
  const [method, uri, responseCode] = traits['http'] as [string, string, number];
  const { path, query } = /^(?<path>[^?]*)\??(?<query>.*)$/.exec(uri)!.groups as {
    path: string;
    query: string;
  };
  const kept = query.split('&').filter((pair) => pair !== '' && !pair.startsWith('x-id='));
  const members = boundMembers(input);
  const whole = path.replace(/^\//, `/${missingLabels(path, members).join('')}`);
  const needs = members.flatMap(({ isRequired, parameter }) =>
    isRequired && parameter !== undefined ? [parameter] : [],
  );
  return {
    method,
    requestUri: kept.length === 0 ? whole : `${whole}?${kept.join('&')}`,
    ...(responseCode !== 200 && { responseCode }),
    ...(needs.length > 0 && { needs }),
  };
}

/** A member of an input that is in the path, the query or the headers. */
interface BoundMember {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isLabel: boolean;
  /** What it is called in the query or as a header. */
  readonly parameter: string | undefined;
}

function boundMembers(input: Schema): BoundMember[] {
  const schema = typeof input === 'function' ? input() : input;
  if (!Array.isArray(schema) || schema[0] !== kinds.structure) return [];
  const [, , , , names, types, requiredCount = 0] = schema as unknown as StructureSchema;
  return names.map((name, index) => {
    const type = types[index]!;
    const traits = Array.isArray(type) && typeof type[1] !== 'string' ? traitsOf(type[1]) : {};
    const parameter = (traits['httpHeader'] ?? traits['httpQuery']) as string | undefined;
    const isLabel = traits['httpLabel'] !== undefined;
    return { name, isRequired: index < requiredCount, isLabel, parameter };
  });
}

const missingLabels = (path: string, members: readonly BoundMember[]): string[] =>
  members
    .filter(({ name, isLabel }) => isLabel && !path.includes(`{${name}}`) && !path.includes(`{${name}+}`))
    .map(({ name }) => (path === '/' ? `{${name}}` : `{${name}}/`));

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
