// DeleteAccountSetting: takes a principal's own choice back; the answer is what holds from then on.
import { accountSettingKey, accountSettings } from '../../state/account-setting/account-settings.ts';
import { effectiveFor } from './effective-setting.ts';
import { principalOf } from './principal.ts';
import { presentSetting, refuseManaged } from './put-setting.ts';
import type { EcsOperation } from '../../ecs.ts';

export const deleteAccountSetting: EcsOperation<'DeleteAccountSetting'> = (ecs, input, call) => {
  const name = input.name!;
  refuseManaged(name);
  const principalArn = principalOf(call, input.principalArn);
  return ecs.store.update((tx) => {
    tx.table(accountSettings).delete(accountSettingKey(call, principalArn, name));
    return { setting: presentSetting(principalArn, name, effectiveFor(tx, call, principalArn, name).value) };
  });
};
