// Terraform asks who it is before all else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('sts', () => {
  let stack: TerraformStack;
  beforeAll(async () => {
    stack = await TerraformStack.open('sts');
  });
  afterAll(() => stack.close());

  test('a stack that only looks up its account is applied, changed and destroyed', async () => {
    await stack.goRound({ name: 'two' }, async () => {
      expect(await stack.outputs()).toEqual({ account: '000000000000', name: 'one' });
    });
  });
});
