// The run-time form of an AWS API's model: what a generated table holds.

/** A shape, by kind. Simple kinds are strings; enum values live in `enums`. */
export type Shape =
  | 'string'
  /** A string whose empty value says something; any other that is empty stands for one that was not given. */
  | 'text'
  | 'boolean'
  | 'integer'
  | 'long'
  | 'double'
  | 'timestamp'
  | 'blob'
  | 'document'
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: string }
  | { readonly kind: 'map'; readonly of: string }
  | {
      readonly kind: 'structure';
      readonly members: Readonly<Record<string, string>>;
      readonly required: readonly string[];
    };

export interface Shapes {
  /** Every named shape; members, lists and maps refer to these names. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly operations: Readonly<Record<string, { readonly input: string; readonly output: string }>>;
}
