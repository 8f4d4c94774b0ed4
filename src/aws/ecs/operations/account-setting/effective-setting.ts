// What holds for a principal: its own choice, else the account's default, else ECS's.
import {
  accountSettingRules,
  rootArn,
  settingsPrincipal,
  type AccountSettingName,
} from '../../state/account-setting/account-setting.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { accountSettingKey, accountSettings } from '../../state/account-setting/account-settings.ts';
import type { Call } from '../../../../wire/api.ts';

/** A value, and who chose it: the root where nobody did. */
export interface Effective {
  readonly value: string;
  readonly principalArn: string;
}

export function effectiveFor(
  tx: ReadTransaction,
  scope: Scope,
  principalArn: string,
  name: AccountSettingName,
): Effective {
  const root = rootArn(scope);
  const table = tx.table(accountSettings);
  const chosen =
    table.get(accountSettingKey(scope, principalArn, name)) ??
    table.get(accountSettingKey(scope, root, name));
  return chosen ?? { value: accountSettingRules[name].default, principalArn: root };
}

/** The value of a setting that holds for the caller, e.g. `disabled` for `containerInsights`. */
export const effectiveSetting = (tx: ReadTransaction, call: Call, name: AccountSettingName): string =>
  effectiveFor(tx, call, settingsPrincipal(call, call.principalArn), name).value;
