// Secrets with versions and policies, parameters of all types, and a KMS key with rotation, alias and grant.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('secrets, parameters and keys', () => {
  let stack: TerraformStack;
  beforeAll(async () => {
    stack = await TerraformStack.open('secrets');
  });
  afterAll(() => stack.close());

  test('are applied, changed and destroyed', async () => {
    await stack.goRound({ rev: 'two' }, async () => {
      expect(await stack.outputs()).toEqual({
        host: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
        db: '{"password":"one","user":"shop"}',
        key: true,
      });
    });
  });
});
