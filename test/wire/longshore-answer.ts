// Holds answers of Longshore's own API to its model: all that is required is there, of its kind, and nothing that the model lacks.
import { expect } from 'vitest';
import { longshoreModel } from '../../src/longshore/model.ts';
import { shapeOf, type ApiModel, type Ref } from '../../src/wire/model.ts';
import { inputDecoder } from '../../src/wire/validate.ts';

const model: ApiModel = longshoreModel;

export function checkAnswer(operation: string, answer: object): void {
  const { output } = model.operations[operation]!;
  // As if it were an input: the decoder throws for a value that is not of the model's type.
  const asInput = { ...model, emptyIsAbsent: false, operations: { [operation]: { input: output, output } } };
  inputDecoder(asInput, operation)({ ...answer }, (message) => new Error(message));
  expect([...unknownMembers(output, answer, '')]).toEqual([]);
}

function* unknownMembers(ref: Ref, value: unknown, path: string): Iterable<string> {
  const shape = shapeOf(model, ref);
  if (typeof shape === 'string') return;
  if (shape.kind === 'list') {
    for (const element of value as readonly unknown[]) yield* unknownMembers(shape.of, element, `${path}[]`);
  }
  if (shape.kind !== 'structure') return;
  for (const [member, inside] of Object.entries(value as object)) {
    const of = shape.members[member];
    if (of !== undefined) yield* unknownMembers(of, inside, `${path}.${member}`);
    else if (!('isOpen' in shape)) yield `${path}.${member}`;
  }
}
