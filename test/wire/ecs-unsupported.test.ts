// What is not built says so, by its own name, whatever well-formed input it is given.
import { beforeAll, expect, test } from 'vitest';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { ecsShapes } from '../../src/aws/ecs/shapes.generated.ts';
import { EcsRig } from './ecs-rig.ts';
import { minimalInput } from './model-input.ts';
import { rawCall } from './raw-call.ts';

const all = Object.keys(ecsShapes.operations);
const unbuilt = all.filter((operation) => !builtOperations.includes(operation));

let rig: EcsRig;
beforeAll(async () => {
  rig = await EcsRig.open();
});

test('every operation that is built is one of the model', () => {
  expect(builtOperations.filter((operation) => !all.includes(operation))).toEqual([]);
});

test.each(unbuilt)('%s', async (operation) => {
  const before = rig.controlPlane.store.revision;
  expect(await rawCall(rig, operation, minimalInput(ecsShapes, operation))).toMatchObject({
    status: 400,
    code: 'UnsupportedFeatureException',
    message: expect.stringContaining(`the operation ${operation} `),
  });
  expect(rig.controlPlane.store.revision).toBe(before);
});
