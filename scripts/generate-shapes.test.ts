import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ecsModel } from '../src/aws/ecs/shapes.generated.ts';
import { refOf } from '../src/wire/model.ts';
import { generatedApis, generateShapes, shapesFile } from './generate-shapes.ts';

it.each(generatedApis)('the committed table of $name is what the installed SDK generates', (api) => {
  expect(readFileSync(shapesFile(api), 'utf8')).toBe(generateShapes(api));
});

describe('the committed table of ECS shapes', () => {
  it('refers only to shapes that it holds', () => {
    const names = new Set(Object.keys(ecsModel.shapes));
    const referred = Object.values(ecsModel.shapes).flatMap((shape) => {
      if (typeof shape === 'string' || shape.kind === 'enum') return [];
      if (shape.kind === 'structure') return Object.values(shape.members);
      return 'of' in shape ? [shape.of] : [];
    });
    const roots = Object.values(ecsModel.operations).flatMap(({ input, output }) => [input, output]);
    expect([...referred, ...roots].filter((ref) => !names.has(refOf(ref).shape))).toEqual([]);
  });

  it('tells required members, enums, lists, maps and kinds of number apart', () => {
    const { shapes, operations } = ecsModel;
    expect(operations.RunTask).toEqual({ input: 'RunTaskRequest', output: 'RunTaskResponse' });
    expect(shapes.RunTaskRequest).toMatchObject({
      required: ['taskDefinition'],
      members: { count: 'Integer', launchType: 'LaunchType', tags: 'Tags', taskDefinition: 'String' },
    });
    expect(shapes.LaunchType).toMatchObject({ kind: 'enum', values: expect.arrayContaining(['EC2']) });
    expect(shapes.Resource).toMatchObject({
      members: {
        doubleValue: 'Double',
        integerValue: 'Integer',
        longValue: 'Long',
        stringSetValue: 'StringList',
      },
    });
    expect(shapes.ContainerDefinition).toMatchObject({ members: { dockerLabels: 'StringMap' } });
    expect(shapes.StringMap).toEqual({ kind: 'map', of: 'String' });
    expect(shapes.Task).toMatchObject({ members: { createdAt: 'Timestamp', version: 'Long' } });
    expect(shapes.DeploymentLifecycleHook).toMatchObject({ members: { hookDetails: 'Document' } });
    expect(shapes.CompatibilityList).toEqual({ kind: 'list', of: 'Compatibility' });
  });
});
