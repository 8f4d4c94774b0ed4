// What is not built says so, by its own name, whatever well-formed input it is given.
import { beforeAll, expect, test } from 'vitest';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

const unbuilt = ecsModel.otherOperations ?? [];

let rig: EcsRig;
beforeAll(async () => {
  rig = await EcsRig.open();
});

test('every operation that has a shape is built', () => {
  expect(builtOperations.toSorted()).toEqual(Object.keys(ecsModel.operations));
});

test.each(unbuilt)('%s', async (operation) => {
  const before = rig.controlPlane.store.revision;
  expect(await rawCall(rig, operation, { any: 'input' })).toMatchObject({
    status: 400,
    code: 'UnsupportedFeatureException',
    message: expect.stringContaining(`the operation ${operation} `),
  });
  expect(rig.controlPlane.store.revision).toBe(before);
});
