import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { versionsOf } from '../../state/parameter/find-parameter.ts';
import { parameterKey, parameters, parameterVersions } from '../../state/parameter/parameters.ts';

/** Deletes a parameter with all its versions; answers whether there was one of that name. */
export function forgetParameter(tx: WriteTransaction, call: Call, name: string): boolean {
  const key = parameterKey(call, name);
  const parameter = tx.table(parameters).get(key);
  if (parameter === undefined) return false;
  for (const version of versionsOf(tx, parameter))
    tx.table(parameterVersions).delete(parameterVersions.key(version));
  return tx.table(parameters).delete(key);
}
