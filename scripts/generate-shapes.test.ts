import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ecsShapes } from '../src/aws/ecs/shapes.generated.ts';
import { generatedApis, generateShapes, shapesFile } from './generate-shapes.ts';

it.each(generatedApis)('the committed table of $name is what the installed SDK generates', (api) => {
  expect(readFileSync(shapesFile(api), 'utf8')).toBe(generateShapes(api));
});

describe('the committed table of ECS shapes', () => {
  it('refers only to shapes that it holds', () => {
    const names = new Set(Object.keys(ecsShapes.shapes));
    const referred = Object.values(ecsShapes.shapes).flatMap((shape) => {
      if (typeof shape === 'string' || shape.kind === 'enum') return [];
      return shape.kind === 'structure' ? Object.values(shape.members) : [shape.of];
    });
    const roots = Object.values(ecsShapes.operations).flatMap(({ input, output }) => [input, output]);
    expect([...referred, ...roots].filter((name) => !names.has(name))).toEqual([]);
  });

  it('tells required members, enums, lists, maps and kinds of number apart', () => {
    const { shapes, operations } = ecsShapes;
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
