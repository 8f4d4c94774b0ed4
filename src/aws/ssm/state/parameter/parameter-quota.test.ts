import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { EcsRig } from '../../../../../test-support/ecs-rig.ts';
import { hasRoomFor } from './parameter-quota.ts';

test('each tier has a quota of its own, in each region', async () => {
  const rig = await EcsRig.open();
  const ssm = rig.clientOf(SSMClient);
  const put = (Name: string, Tier: 'Standard' | 'Advanced') =>
    ssm.send(new PutParameterCommand({ Name, Tier, Value: 'v', Type: 'String' }));
  const room = (tier: 'Standard' | 'Advanced', region = 'us-east-1') =>
    rig.controlPlane.store.view((tx) =>
      hasRoomFor(tx, { accountId: '000000000000', region }, tier, { Standard: 2, Advanced: 3 }),
    );
  await put('a', 'Standard');
  await put('b', 'Advanced');
  expect([room('Standard'), room('Advanced')]).toEqual([true, true]);
  await put('c', 'Standard');
  expect([room('Standard'), room('Advanced')]).toEqual([false, true]);
  await put('d', 'Advanced');
  await put('e', 'Advanced');
  expect([room('Standard'), room('Advanced')]).toEqual([false, false]);
  expect(room('Standard', 'eu-west-1')).toBe(true);
  await ssm.send(new DeleteParameterCommand({ Name: 'a' }));
  expect(room('Standard')).toBe(true);
});
