// The types of an API's values and operations, as its model has them: what its operations are given and what they must answer.
import {
  refOf,
  shapeOf,
  type ApiModel,
  type Ref,
  type Shape,
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
  if (shape.kind !== 'structure' || isError(shape)) return [];
  return [`export interface ${name} {`, ...members(model, name, shape), '}', ''];
}

function members(model: ApiModel, name: string, { members: all, required = [] }: StructureShape): string[] {
  const isInput = Object.values(model.operations).some(({ input }) => input === name);
  return (
    Object.entries(all)
      // An error in a stream is thrown too.
      .filter(([, ref]) => !isError(shapeOf(model, ref)))
      .map(([member, ref]) => {
        const type = refOf(ref).streaming === true ? streamType(isInput) : typeOf(model, ref);
        return required.includes(member)
          ? `  readonly ${member}: ${type};`
          : `  readonly ${member}?: ${type} | undefined;`;
      })
  );
}

const isError = (shape: Shape): boolean =>
  typeof shape !== 'string' && shape.kind === 'structure' && shape.error !== undefined;

/** What comes is checked while it flows; what is answered need only be bytes. */
const streamType = (isInput: boolean): string => (isInput ? 'StreamedBody' : 'AsyncIterable<Uint8Array>');

/** Whether the declarations name the type of a body that is read while it comes. */
export const readsStreams = ({ operations, shapes }: ApiModel): boolean =>
  Object.values(operations).some(({ input }) => {
    const shape = shapes[input];
    if (typeof shape !== 'object' || shape.kind !== 'structure') return false;
    return Object.values(shape.members).some((ref) => refOf(ref).streaming === true);
  });

function typeOf(model: ApiModel, ref: Ref): string {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'string') return simpleTypes[shape];
  if (shape.kind === 'timestamp') return simpleTypes.timestamp;
  if (shape.kind === 'list') return `readonly ${inList(typeOf(model, shape.of))}[]`;
  if (shape.kind === 'structure' && shape.eventstream) return `AsyncIterable<${refOf(ref).shape}>`;
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
