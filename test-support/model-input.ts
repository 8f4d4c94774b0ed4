// Inputs that follow an API's model: the least that it accepts, and any that it accepts.
import fc from 'fast-check';
import { shapeOf, type ApiModel, type Ref, type SimpleKind, type StructureShape } from '../src/wire/model.ts';

/** The smallest input of `operation` that breaks no constraint of the model. */
export const minimalInput = (shapes: ApiModel, operation: string): unknown =>
  minimal(shapes, shapes.operations[operation]!.input);

const simple: Readonly<Record<SimpleKind, unknown>> = {
  string: 'x',
  text: 'x',
  boolean: false,
  integer: 1,
  long: 1,
  double: 1,
  timestamp: 1,
  blob: '',
  document: {},
};

function minimal(shapes: ApiModel, ref: Ref): unknown {
  const shape = shapeOf(shapes, ref);
  if (typeof shape === 'string') return simple[shape];
  if (shape.kind === 'enum') return shape.values[0];
  if (shape.kind === 'list') return [];
  if (shape.kind === 'map') return {};
  if (shape.kind === 'timestamp') return 1;
  return Object.fromEntries(
    (shape.required ?? []).map((member) => [member, minimal(shapes, shape.members[member]!)]),
  );
}

export interface ModelInputOptions {
  /** Texts for a string member (or the elements of a list member) of that name. */
  readonly text: (member: string) => fc.Arbitrary<string>;
  readonly integer: fc.Arbitrary<number>;
  /** How many times as often as usual an optional member is left out; default 1. */
  readonly scarcity?: number;
}

/** Any input of `operation` that breaks no constraint of the model; optional members are the rarer the deeper they are. */
export const modelInput = (
  shapes: ApiModel,
  operation: string,
  options: ModelInputOptions,
): fc.Arbitrary<object> =>
  anyOf(shapes, shapes.operations[operation]!.input, {
    ...options,
    member: '',
    depth: 0,
  }) as fc.Arbitrary<object>;

interface Place extends ModelInputOptions {
  readonly member: string;
  readonly depth: number;
}

const deepest = 6;

function anyOf(shapes: ApiModel, ref: Ref, place: Place): fc.Arbitrary<unknown> {
  const shape = shapeOf(shapes, ref);
  if (typeof shape === 'string') return anySimple(shape, place);
  switch (shape.kind) {
    case 'timestamp':
      return anySimple('timestamp', place);
    case 'enum':
      return fc.constantFrom(...shape.values);
    case 'list':
      return fc.array(anyOf(shapes, shape.of, place), { maxLength: place.depth < deepest ? 3 : 0 });
    case 'map':
      return fc.dictionary(place.text('key'), anyOf(shapes, shape.of, place), { maxKeys: 3 });
    case 'structure':
      return anyStructure(shapes, shape, place);
  }
}

function anyStructure(shapes: ApiModel, shape: StructureShape, place: Place): fc.Arbitrary<object> {
  const depth = place.depth + 1;
  const required = shape.required ?? [];
  const members = Object.entries(shape.members).filter(
    ([member]) => depth < deepest || required.includes(member),
  );
  const arbitraries = members.map(([member, of]) => {
    const value = anyOf(shapes, of, { ...place, member, depth });
    return [
      member,
      required.includes(member)
        ? value
        : fc.oneof(
            { weight: (depth + 1) * (place.scarcity ?? 1), arbitrary: fc.constant(undefined) },
            { weight: 2, arbitrary: value },
          ),
    ] as const;
  });
  return fc.record(Object.fromEntries(arbitraries));
}

function anySimple(shape: SimpleKind, place: Place): fc.Arbitrary<unknown> {
  switch (shape) {
    case 'string':
    case 'text':
      return place.text(place.member);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'long':
      return place.integer;
    case 'double':
    case 'timestamp':
      return fc.oneof(place.integer, fc.double({ min: -1e9, max: 1e10, noNaN: true }));
    case 'blob':
      return fc.base64String();
    case 'document':
      return fc.jsonValue({ maxDepth: 2 });
  }
}
