// A file system with access points, policies and a key.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('file systems', () => {
  let stack: TerraformStack;
  beforeAll(async () => {
    stack = await TerraformStack.open('efs');
  });
  afterAll(() => stack.close());

  test('are applied, changed and destroyed', async () => {
    await stack.goRound({ rev: 'two', throughput: 'elastic' }, async () => {
      expect(await stack.outputs()).toEqual({ path: '/shop/data', tags: 'one' });
    });
  });
});
