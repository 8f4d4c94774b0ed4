// An AWS API's model: what its values are, and how they are written on the wire. Traits have the names that AWS's models give them.
// Models are generated (`npm run shapes`); what a generated file cannot say is in the `Api`.

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp';

export interface XmlNamespace {
  readonly uri: string;
  readonly prefix?: string;
}

/** How a shape is written where it is used: in a structure, a list or a map. */
export interface ShapeRef {
  readonly shape: string;
  /** Where HTTP carries a member, if not in the body; `headers` are all with the prefix `locationName`. */
  readonly location?: 'header' | 'headers' | 'uri' | 'querystring' | 'statusCode';
  /** The name on the wire, where it is not the member's. */
  readonly locationName?: string;
  /** The same in ec2-query. */
  readonly queryName?: string;
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
  readonly xmlNamespace?: XmlNamespace;
  readonly timestampFormat?: TimestampFormat;
  /** A string that holds JSON: in a header it is in base64. */
  readonly jsonvalue?: boolean;
  /** A blob that may be larger than memory: a body by itself. */
  readonly streaming?: boolean;
  /** What no log and no record may show. */
  readonly sensitive?: boolean;
}

/** A shape's name alone when it is written in the usual way. */
export type Ref = string | ShapeRef;

export type SimpleKind =
  | 'string'
  /** A string whose empty value says something, also where `emptyIsAbsent`. */
  | 'text'
  | 'boolean'
  | 'integer'
  | 'long'
  | 'double'
  | 'timestamp'
  | 'blob'
  | 'document';

export interface ListShape {
  readonly kind: 'list';
  readonly of: Ref;
  readonly flattened?: boolean;
}

export interface MapShape {
  readonly kind: 'map';
  readonly of: Ref;
  /** How keys, which are strings, are written. */
  readonly key?: Ref;
  readonly flattened?: boolean;
}

export interface StructureShape {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Ref>>;
  readonly required?: readonly string[];
  /** The member that alone is the body. */
  readonly payload?: string;
  readonly locationName?: string;
  readonly xmlNamespace?: XmlNamespace;
  /** A union whose values come one after the other, as long as the answer lasts. */
  readonly eventstream?: boolean;
  /** Of an error: its name in the query protocols, its status, and whether the caller is to blame for it. */
  readonly error?: {
    readonly code?: string;
    readonly httpStatusCode?: number;
    readonly senderFault?: boolean;
  };
}

export type Shape =
  | SimpleKind
  | { readonly kind: 'timestamp'; readonly timestampFormat: TimestampFormat }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | ListShape
  | MapShape
  | StructureShape;

/** How an operation is called where method and path tell it. */
export interface HttpTrait {
  readonly method: string;
  /** e.g. `/2015-03-31/functions/{FunctionName}/code?Qualifier=1`; a label `{name+}` takes slashes too. */
  readonly requestUri: string;
  /** Default 200. */
  readonly responseCode?: number;
  /** Parameters of the query, or headers, that must be there: they tell operations of the same method and path apart. */
  readonly needs?: readonly string[];
}

export interface OperationModel {
  readonly input: string;
  readonly output: string;
  /** The element that holds the output in the query protocol; default `<operation>Result`. */
  readonly resultWrapper?: string;
  readonly http?: HttpTrait;
}

export interface ApiModel {
  /** The service name in a signature's scope, e.g. `ecs`. */
  readonly signingName: string;
  /** What `X-Amz-Target` starts with, before the dot, and the name in the paths of rpc-v2-cbor; undefined where it is called otherwise. */
  readonly targetPrefix?: string;
  /** Every named shape; members, lists and maps refer to these names. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** The operations that are served. */
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** The names of those that the API has and that are not served. */
  readonly otherOperations?: readonly string[];
  /** By name, how those of them are called that method and path tell. */
  readonly otherRoutes?: Readonly<Record<string, HttpTrait>>;
  /** The namespace of the XML that the API answers. */
  readonly xmlNamespace?: string;
  /** Whether clients that once spoke query still want the names that errors had there. */
  readonly queryCompatible?: boolean;
  /** Whether an empty string or blob stands for one that was not given, as its clients send it; default false. */
  readonly emptyIsAbsent?: boolean;
  /** Whether a double may be NaN or infinite; default false: such a number is in no range and out of none. */
  readonly takesNonFinite?: boolean;
}

/** The names of all operations that the API has, served or not. */
export const operationNames = ({ operations, otherOperations = [] }: ApiModel): readonly string[] =>
  [...Object.keys(operations), ...otherOperations].toSorted();

/** A reference in its long form. */
export function refOf(ref: Ref): ShapeRef {
  return typeof ref === 'string' ? { shape: ref } : ref;
}

/** The shape that a reference names; an Error when the model lacks it. */
export function shapeOf({ shapes }: ApiModel, ref: Ref): Shape {
  const name = typeof ref === 'string' ? ref : ref.shape;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
}

/** The structure of that name; an Error when it is none. */
export function structureOf(model: ApiModel, ref: Ref): StructureShape {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'string' || shape.kind !== 'structure') {
    throw new Error(`the shape ${refOf(ref).shape} is no structure`);
  }
  return shape;
}

/** Whether the operation's body may be larger than memory: it is read while it comes. */
export function isStreamed(model: ApiModel, operation: string): boolean {
  const entry = Object.hasOwn(model.operations, operation) ? model.operations[operation] : undefined;
  if (entry === undefined) return false;
  const { payload, members } = structureOf(model, entry.input);
  return payload !== undefined && refOf(members[payload]!).streaming === true;
}

/** The structure of the error that is called `code`; undefined where the model has none. */
export function errorOf({ shapes }: ApiModel, code: string): StructureShape | undefined {
  const shape = Object.hasOwn(shapes, code) ? shapes[code] : undefined;
  return typeof shape === 'object' && shape.kind === 'structure' && shape.error ? shape : undefined;
}

/** The kind of a shape. */
export function kindOf(shape: Shape): Exclude<Shape, string>['kind'] | SimpleKind {
  return typeof shape === 'string' ? shape : shape.kind;
}
