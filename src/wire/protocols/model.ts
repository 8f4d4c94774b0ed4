// The part of an AWS API's model that says how its values are written on the wire. Traits have the names that AWS's models give
// them. A table of `Shapes` is such a model, of an API whose values are all written in the usual way.

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
}

/** A shape's name alone when it is written in the usual way. */
export type Ref = string | ShapeRef;

export type SimpleKind =
  'string' | 'text' | 'boolean' | 'integer' | 'long' | 'double' | 'timestamp' | 'blob' | 'document';

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
  /** The member that alone is the body. */
  readonly payload?: string;
  readonly locationName?: string;
  readonly xmlNamespace?: XmlNamespace;
  /** Of an error: its name in the query protocols, its status, and whether the caller is to blame for it. */
  readonly error?: {
    readonly code?: string;
    readonly httpStatusCode?: number;
    readonly senderFault?: boolean;
  };
}

export type WireShape =
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
}

export interface WireOperation {
  readonly input: string;
  readonly output: string;
  /** The element that holds the output in the query protocol; default `<operation>Result`. */
  readonly resultWrapper?: string;
  readonly http?: HttpTrait;
}

export interface WireModel {
  /** Every named shape; members, lists and maps refer to these names. */
  readonly shapes: Readonly<Record<string, WireShape>>;
  readonly operations: Readonly<Record<string, WireOperation>>;
  /** The namespace of the XML that the API answers. */
  readonly xmlNamespace?: string;
  /** Whether clients that once spoke query still want the names that errors had there. */
  readonly queryCompatible?: boolean;
}

/** A reference in its long form. */
export function refOf(ref: Ref): ShapeRef {
  return typeof ref === 'string' ? { shape: ref } : ref;
}

/** The shape that a reference names; an Error when the model lacks it. */
export function shapeOf({ shapes }: WireModel, ref: Ref): WireShape {
  const name = typeof ref === 'string' ? ref : ref.shape;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
}

/** The structure of that name; an Error when it is none. */
export function structureOf(model: WireModel, ref: Ref): StructureShape {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'string' || shape.kind !== 'structure') {
    throw new Error(`the shape ${refOf(ref).shape} is no structure`);
  }
  return shape;
}

/** The kind of a shape. */
export function kindOf(shape: WireShape): Exclude<WireShape, string>['kind'] | SimpleKind {
  return typeof shape === 'string' ? shape : shape.kind;
}
