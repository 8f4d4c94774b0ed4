// What the values of described shapes are, as types.
import type { Declared } from './structure.ts';

interface SimpleValues {
  readonly string: string;
  readonly boolean: boolean;
  readonly integer: number;
  readonly timestamp: number;
  readonly document: unknown;
}

/** The values of the shape that is called `Name` in `Shapes`; `never`, which nothing is, where there is none. */
export type ValueOf<Shapes, Name> = Name extends keyof Shapes ? ValueOfShape<Shapes, Shapes[Name]> : never;

type ValueOfShape<Shapes, Shape> = Shape extends keyof SimpleValues
  ? SimpleValues[Shape]
  : Shape extends { readonly kind: 'enum'; readonly values: readonly (infer Value)[] }
    ? Value
    : Shape extends { readonly kind: 'list'; readonly of: infer Of }
      ? readonly ValueOf<Shapes, Of>[]
      : Shape extends { readonly variants: infer Variants }
        ? {
            [Kind in keyof Variants]: { readonly kind: Kind } & Members<Shapes, Variants[Kind]>;
          }[keyof Variants]
        : Shape extends { readonly declared: infer D; readonly isOpen: true }
          ? Members<Shapes, D> & Others
          : Shape extends { readonly declared: infer D extends Declared }
            ? Flat<Members<Shapes, D>>
            : never;

interface Others {
  readonly [member: string]: unknown;
}

type Members<Shapes, D> = {
  readonly [Member in keyof D as D[Member] extends `${string}?` ? never : Member]: ValueOf<Shapes, D[Member]>;
} & {
  readonly [Member in keyof D as D[Member] extends `${string}?` ? Member : never]?:
    (D[Member] extends `${infer Name}?` ? ValueOf<Shapes, Name> : never) | undefined;
};

/** An intersection as one structure: that is how the compiler then shows it. */
type Flat<T> = { readonly [Member in keyof T]: T[Member] };
