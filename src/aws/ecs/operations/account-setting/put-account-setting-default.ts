// PutAccountSettingDefault: a setting of everybody in the account who has not chosen for themselves.
import { rootArn } from '../../state/account-setting/account-setting.ts';
import { putSetting } from './put-setting.ts';
import type { EcsOperation } from '../../ecs.ts';

export const putAccountSettingDefault: EcsOperation<'PutAccountSettingDefault'> = (ecs, input, call) =>
  ecs.store.update((tx) => ({
    setting: putSetting(tx, call, rootArn(call), input.name!, input.value ?? ''),
  }));
