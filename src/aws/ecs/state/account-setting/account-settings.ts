import type { AccountSetting } from './account-setting.ts';
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import { defineTable } from '../../../../store/table.ts';

export const accountSettingKey = (scope: Scope, principalArn: string, name: string): string =>
  `${scopeKey(scope)}/${principalArn}/${name}`;

export const accountSettings = defineTable<AccountSetting>()({
  name: 'account-settings',
  durable: true,
  key: (setting) => accountSettingKey(setting, setting.principalArn, setting.name),
  indexes: {},
  tallies: {},
});
