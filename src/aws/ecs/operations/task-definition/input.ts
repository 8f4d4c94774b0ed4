import type * as ecs from '../../shapes.generated.ts';

/** Anything that is given may lack what the model requires: a definition is checked whole, so that all that is wrong is told at once. */
export type Incomplete<Value> = Value extends readonly (infer Element)[]
  ? readonly Incomplete<Element>[]
  : string extends keyof Value
    ? Value
    : Value extends object
      ? { readonly [Member in keyof Value]?: Incomplete<Value[Member]> | undefined }
      : Value;

export type DefinitionInput = Incomplete<ecs.RegisterTaskDefinitionRequest>;
export type ContainerInput = Incomplete<ecs.ContainerDefinition>;
