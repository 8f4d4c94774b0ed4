// DeleteParameters: up to ten parameters; names that are none are told.
import type { SsmOperation } from '../../ssm.ts';
import { forgetParameter } from './forget-parameter.ts';
import { checkNames } from './names.ts';

export const deleteParameters: SsmOperation<'DeleteParameters'> = (ssm, input, call) => {
  checkNames(input.Names);
  return ssm.store.update((tx) => {
    const deleted = input.Names.filter((name) => forgetParameter(tx, call, name));
    const invalid = input.Names.filter((name) => !deleted.includes(name));
    return { DeletedParameters: deleted, InvalidParameters: invalid };
  });
};
