// AWS's own form of a model, as protocol vectors hold it, turned into the form that the codecs go by.
import type { Ref, ShapeRef, ApiModel, Shape, XmlNamespace } from '../../../src/wire/model.ts';

export interface C2jRef extends Omit<ShapeRef, 'xmlNamespace'> {
  readonly xmlNamespace?: string | XmlNamespace;
}

export interface C2jShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, C2jRef>>;
  readonly member?: C2jRef;
  readonly key?: C2jRef;
  readonly value?: C2jRef;
  readonly enum?: readonly string[];
  readonly flattened?: boolean;
  readonly payload?: string;
  readonly document?: boolean;
  readonly locationName?: string;
  readonly timestampFormat?: ShapeRef['timestampFormat'];
  readonly xmlNamespace?: string | XmlNamespace;
  readonly error?: {
    readonly code?: string;
    readonly httpStatusCode?: number;
    readonly senderFault?: boolean;
  };
}

export interface C2jOperation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: C2jRef;
  readonly output?: C2jRef & { readonly resultWrapper?: string };
  readonly errors?: readonly C2jRef[];
}

const empty = 'Empty structure';

/** A model of one operation. */
export function wireModel(
  shapes: Readonly<Record<string, C2jShape>>,
  { name, http, input, output }: C2jOperation,
  queryCompatible = false,
): ApiModel {
  const converted = Object.entries(shapes).map(([key, shape]) => [key, wireShape(shape)]);
  return {
    signingName: 'test',
    takesNonFinite: true,
    shapes: {
      ...Object.fromEntries(converted),
      [empty]: { kind: 'structure', members: {} },
    } as ApiModel['shapes'],
    operations: { [name]: { input: input?.shape ?? empty, output: output?.shape ?? empty, http } },
    queryCompatible,
  };
}

function wireShape(shape: C2jShape): Shape {
  if (shape.document === true) return 'document';
  const { flattened } = shape;
  switch (shape.type) {
    case 'structure':
      return {
        kind: 'structure',
        members: Object.fromEntries(
          Object.entries(shape.members ?? {}).map(([key, ref]) => [key, wireRef(ref)]),
        ),
        ...pick(shape, 'payload', 'locationName', 'error'),
        ...namespaceOf(shape),
      };
    case 'list':
      return { kind: 'list', of: wireRef(shape.member!), ...(flattened !== undefined && { flattened }) };
    case 'map':
      return {
        kind: 'map',
        of: wireRef(shape.value!),
        key: wireRef(shape.key!),
        ...(flattened !== undefined && { flattened }),
      };
    case 'timestamp':
      return shape.timestampFormat === undefined
        ? 'timestamp'
        : { kind: 'timestamp', timestampFormat: shape.timestampFormat };
    case 'string':
      return shape.enum === undefined ? 'string' : { kind: 'enum', values: shape.enum };
    case 'float':
      return 'double';
    default:
      return shape.type as Shape;
  }
}

function wireRef(ref: C2jRef): Ref {
  const { shape, xmlNamespace: _, ...traits } = ref;
  return { shape, ...traits, ...namespaceOf(ref) };
}

function namespaceOf({ xmlNamespace }: C2jRef | C2jShape): { readonly xmlNamespace?: XmlNamespace } {
  if (xmlNamespace === undefined) return {};
  return { xmlNamespace: typeof xmlNamespace === 'string' ? { uri: xmlNamespace } : xmlNamespace };
}

function pick<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: Key[]
): Partial<Pick<Value, Key>> {
  return Object.fromEntries(
    keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]),
  ) as Partial<Pick<Value, Key>>;
}
