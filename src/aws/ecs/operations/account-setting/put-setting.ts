// Sets one setting of one principal, by the rules that PutAccountSetting and PutAccountSettingDefault share.
import type { Setting } from '../../shapes.generated.ts';
import { accountSettingRules, type AccountSettingName } from '../../state/account-setting/account-setting.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { accountSettings } from '../../state/account-setting/account-settings.ts';
import type { Call } from '../../../../wire/api.ts';
import { invalidParameter } from '../../errors.ts';
import { speaksForAccount } from './principal.ts';

/** Throws InvalidParameterException for a value that the setting cannot have, and for a setting that is not the caller's to set. */
export function putSetting(
  tx: WriteTransaction,
  call: Call,
  principalArn: string,
  name: AccountSettingName,
  value: string,
): Setting {
  refuseManaged(name);
  const { values, retired, rootOnly } = accountSettingRules[name];
  if (!values.includes(value))
    throw invalidParameter(`value for ${name} should be one of [${values.join(', ')}]`);
  if (retired?.includes(value)) throw invalidParameter('You can no longer disable Long Arn settings');
  if (rootOnly && !speaksForAccount(call))
    throw invalidParameter(`Only the root user can set ${name}. Use PutAccountSettingDefault.`);
  const { accountId, region } = call;
  tx.table(accountSettings).put({ accountId, region, principalArn, name, value });
  return presentSetting(principalArn, name, value);
}

/** Throws InvalidParameterException for a setting that only AWS sets. */
export function refuseManaged(name: AccountSettingName): void {
  if (accountSettingRules[name].type === 'aws_managed')
    throw invalidParameter(`${name} is a read-only setting that is managed by AWS.`);
}

export const presentSetting = (principalArn: string, name: AccountSettingName, value: string): Setting => ({
  name,
  value,
  principalArn,
  type: accountSettingRules[name].type,
});
