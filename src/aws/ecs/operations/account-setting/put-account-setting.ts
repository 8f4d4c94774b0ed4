// PutAccountSetting: a setting of the caller, or of the principal that it names.
import { principalOf } from './principal.ts';
import { putSetting } from './put-setting.ts';
import type { EcsOperation } from '../../ecs.ts';

export const putAccountSetting: EcsOperation<'PutAccountSetting'> = (ecs, input, call) => {
  const principalArn = principalOf(call, input.principalArn);
  return ecs.store.update((tx) => ({
    setting: putSetting(tx, call, principalArn, input.name!, input.value ?? ''),
  }));
};
