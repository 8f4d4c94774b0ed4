// Log groups with retention, tags and classes, a stream, metric filters and a saved query.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

describeWithTerraform('log groups', () => {
  let stack: TerraformStack;
  beforeAll(async () => {
    stack = await TerraformStack.open('logs');
  });
  afterAll(() => stack.close());

  test('are applied, changed and destroyed', async () => {
    await stack.goRound({ rev: 'two', retention: '30' }, async () => {
      expect(await stack.outputs()).toEqual({
        groups: ['/app/kept', '/app/web'],
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app/web',
      });
    });
  });
});
