import type { ReadTransaction } from '../../../../store/store.ts';
import { inHomePartition } from '../entity/entity.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { managedPolicies } from './managed-policies.ts';
import type { ManagedPolicy } from './managed-policy.ts';

/** The policy of that ARN, of whatever partition, that an account can use: its own, or one of AWS's; undefined for any other. */
export function findManagedPolicy(
  tx: ReadTransaction,
  accountId: string,
  arn: string,
): ManagedPolicy | undefined {
  const home = inHomePartition(arn);
  const own = tx.table(managedPolicies).get(home);
  return own?.accountId === accountId ? own : awsManagedPolicies().get(home);
}
