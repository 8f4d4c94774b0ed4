// ListAccountSettings: what a principal chose; with effectiveSettings, what holds for it.
import { accountSettingNames, type AccountSettingName } from '../../state/account-setting/account-setting.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { accountSettingKey, accountSettings } from '../../state/account-setting/account-settings.ts';
import type { Call } from '../../../../wire/api.ts';
import { effectiveFor, type Effective } from './effective-setting.ts';
import { principalOf } from './principal.ts';
import { presentSetting } from './put-setting.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';

export const listAccountSettings: EcsOperation<'ListAccountSettings'> = (ecs, input, call) => {
  const size = pageSize(input.maxResults, { default: 10, max: 10 });
  if (input.value !== undefined && input.name === undefined)
    throw invalidParameter('value can only be given together with name.');
  const principalArn = principalOf(call, input.principalArn);
  const { maxResults: _size, nextToken, ...filters } = input;
  const list = `account-settings/${principalArn}/${JSON.stringify(filters)}`;
  const after = afterToken(list, nextToken) ?? '';
  const names = accountSettingNames.filter((name) => name > after && name === (input.name ?? name));
  return ecs.store.view((tx) => {
    const rows = names.flatMap((name) => {
      const setting = read(tx, call, principalArn, name, input.effectiveSettings ?? false);
      return setting && setting.value === (input.value ?? setting.value) ? [{ ...setting, name }] : [];
    });
    const page = pageOf(
      list,
      rows,
      size,
      (row) => row.name,
      (row) => presentSetting(row.principalArn, row.name, row.value),
    );
    return { settings: page.items, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) };
  });
};

const read = (
  tx: ReadTransaction,
  call: Call,
  principalArn: string,
  name: AccountSettingName,
  effective: boolean,
): Effective | undefined =>
  effective
    ? effectiveFor(tx, call, principalArn, name)
    : tx.table(accountSettings).get(accountSettingKey(call, principalArn, name));
