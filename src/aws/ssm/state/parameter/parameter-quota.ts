// How many parameters an account may have in a region: by their tiers.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { latestVersion } from './find-parameter.ts';
import type { ParameterVersion } from './parameter.ts';
import { parameters } from './parameters.ts';

type Tier = ParameterVersion['tier'];

/** "Maximum number of parameters": ssm, endpoints and quotas. */
export const maxParameters: Readonly<Record<Tier, number>> = { Standard: 10_000, Advanced: 100_000 };

/** Whether one more of the tier may be made. They are counted only where all together are as many as may be. */
export function hasRoomFor(tx: ReadTransaction, scope: Scope, tier: Tier, quotas = maxParameters): boolean {
  const table = tx.table(parameters);
  if (table.count('scope', scope) < quotas[tier]) return true;
  let count = 0;
  for (const parameter of table.by('scope', scope)) {
    if (latestVersion(tx, parameter).tier === tier) count++;
    if (count >= quotas[tier]) return false;
  }
  return true;
}
