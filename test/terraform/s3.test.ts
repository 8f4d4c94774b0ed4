// Buckets with all that stacks tell them, as the stock provider makes them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('buckets', () => {
  let stack: TerraformStack;
  beforeAll(async () => {
    stack = await TerraformStack.open('s3');
  });
  afterAll(() => stack.close());

  test('are applied, changed and destroyed', async () => {
    await stack.goRound({ rev: 'two', days: '60', versioning: 'Suspended' }, async () => {
      expect(await stack.outputs()).toEqual({
        buckets: ['arn:aws:s3:::shop-site', 'us-east-1', 'shop-'],
        owner: 64,
      });
    });
  });
});
