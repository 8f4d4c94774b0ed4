// The types of an API's values and operations, as its model has them: what its operations are given and what they must answer.
import {
  refOf,
  shapeOf,
  type ApiModel,
  type Ref,
  type SimpleKind,
  type StructureShape,
} from '../src/wire/model.ts';

/** The declarations, in alphabetical order, and the interface of all operations. `name` is that of the API, e.g. `Ecs`. */
export function modelTypes(model: ApiModel, name: string): string[] {
  const declared = Object.keys(model.shapes).flatMap((shape) => declaration(model, shape));
  const operations = Object.entries(model.operations).map(
    ([operation, { input, output }]) => `  ${operation}: { input: ${input}; output: ${output} };`,
  );
  return [
    ...declared,
    `/** What each operation takes and answers. */`,
    `export interface ${name}Operations {`,
    ...operations,
    '}',
  ];
}

function declaration(model: ApiModel, name: string): string[] {
  const shape = shapeOf(model, name);
  if (typeof shape === 'string') return [];
  if (shape.kind === 'enum') {
    return [`export type ${name} = ${shape.values.map((value) => `'${value}'`).join(' | ')};`, ''];
  }
  // An error is thrown, and is nothing that an operation takes or answers.
  if (shape.kind !== 'structure' || shape.error !== undefined) return [];
  return [`export interface ${name} {`, ...members(model, shape), '}', ''];
}

const members = (model: ApiModel, { members: all, required = [] }: StructureShape): string[] =>
  Object.entries(all).map(([member, ref]) =>
    required.includes(member)
      ? `  readonly ${member}: ${typeOf(model, ref)};`
      : `  readonly ${member}?: ${typeOf(model, ref)} | undefined;`,
  );

function typeOf(model: ApiModel, ref: Ref): string {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'string') return simpleTypes[shape];
  if (shape.kind === 'timestamp') return simpleTypes.timestamp;
  if (shape.kind === 'list') return `readonly ${inList(typeOf(model, shape.of))}[]`;
  if (shape.kind === 'map') return `Readonly<Record<string, ${typeOf(model, shape.of)}>>`;
  return refOf(ref).shape;
}

const simpleTypes: Readonly<Record<SimpleKind, string>> = {
  string: 'string',
  text: 'string',
  boolean: 'boolean',
  integer: 'number',
  long: 'number',
  double: 'number',
  timestamp: 'number',
  blob: 'Uint8Array',
  document: 'unknown',
};

const inList = (type: string): string => (type.startsWith('readonly ') ? `(${type})` : type);
