// Roles, policies, instance profiles, users and groups, as the stock provider makes them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('iam', () => {
  let stack: TerraformStack;
  beforeAll(async () => {
    stack = await TerraformStack.open('iam');
  });
  afterAll(() => stack.close());

  test('identities are applied, changed and destroyed', async () => {
    await stack.goRound({ level: 'debug', session: '7200' }, async () => {
      expect(await stack.outputs()).toMatchObject({
        role: 'arn:aws:iam::000000000000:role/service/task',
        key: expect.stringMatching(/^AKIA/) as string,
      });
    });
  });
});
