import { expect, expectTypeOf, it } from 'vitest';
import { refOf, shapeOf, type ApiModel, type Ref } from '../wire/model.ts';
import { longshoreModel, type LongshoreOperations, type LongshoreShape } from './model.ts';

const model: ApiModel = longshoreModel;

it('has every shape that an operation or another shape names, and no other', () => {
  const seen = new Set<string>();
  const see = (ref: Ref): void => {
    const { shape: name } = refOf(ref);
    if (seen.has(name)) return;
    seen.add(name);
    const shape = shapeOf(model, ref);
    if (typeof shape === 'string') return;
    if (shape.kind === 'structure') Object.values(shape.members).forEach(see);
    if (shape.kind === 'list' || shape.kind === 'map') see(shape.of);
  };
  for (const { input, output } of Object.values(model.operations)) [input, output].forEach(see);
  // What only some of the alternatives have.
  see(longshoreModel.shapes.Waiting.variants.unhealthy.tasks);
  see('Document');
  expect([...seen].sort()).toEqual(Object.keys(model.shapes).sort());
});

it('requires the members without a question mark', () => {
  expect(model.shapes['ReplaceTaskInput']).toMatchObject({
    members: { cluster: 'String', task: 'String' },
    required: ['task'],
  });
  expectTypeOf<LongshoreOperations['ReplaceTask']['input']>().toEqualTypeOf<{
    readonly cluster?: string | undefined;
    readonly task: string;
  }>();
});

it('has alternatives as one structure, of which only the kind is always there', () => {
  expect(model.shapes['Waiting']).toMatchObject({
    // What has shapes that differ may be anything.
    members: { kind: 'String', count: 'Integer', until: 'Timestamp', tasks: 'Document' },
    required: ['kind'],
  });
  const tellsApart = (waiting: LongshoreShape<'Waiting'>) =>
    waiting.kind === 'unhealthy' ? waiting.tasks.map(({ taskArn }) => taskArn) : [];
  expect(tellsApart({ kind: 'starting', count: 1 })).toEqual([]);
  expectTypeOf<Extract<LongshoreShape<'Waiting'>, { readonly kind: 'percents' }>['tasks']>().toBeNumber();
});

it('lets only rejections have members that it does not name', () => {
  expectTypeOf<LongshoreShape<'ShownVerdict'>['freeMemory']>().toBeUnknown();
  // @ts-expect-error no instance has it
  expectTypeOf<LongshoreShape<'FreeInstance'>['freeGpus']>().toBeUnknown();
});
