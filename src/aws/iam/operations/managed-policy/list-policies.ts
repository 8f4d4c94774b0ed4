// ListPolicies: the account's own policies, then AWS's.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { IamOperation } from '../../iam.ts';
import { attachmentCount, boundaryCount, presentListedPolicy } from '../../present/managed-policy.ts';
import type { ListPoliciesRequest } from '../../shapes.generated.ts';
import { awsManagedPolicies } from '../../state/managed-policy/aws-managed-policies.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import type { ManagedPolicy } from '../../state/managed-policy/managed-policy.ts';
import { iamPage } from '../page.ts';

export const listPolicies: IamOperation<'ListPolicies'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { items, end } = iamPage(
      'policies',
      input,
      (after) => policiesAfter(tx, input, call, after).filter((policy) => isWanted(tx, policy, input, call)),
      ({ arn }) => arn,
      (policy) => presentListedPolicy(tx, policy, call),
    );
    return { Policies: items, ...end };
  });

function* policiesAfter(
  tx: ReadTransaction,
  { Scope: scope = 'All' }: ListPoliciesRequest,
  { accountId }: Call,
  after: string | undefined,
): Generator<ManagedPolicy> {
  if (scope !== 'AWS') yield* tx.table(managedPolicies).by('account', { accountId }, after);
  if (scope === 'Local') return;
  // The ARNs of AWS's own are greater than all that have an account's number.
  const all = [...awsManagedPolicies().values()].toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  for (const policy of all) if (after === undefined || policy.arn > after) yield policy;
}

function isWanted(
  tx: ReadTransaction,
  policy: ManagedPolicy,
  { OnlyAttached: onlyAttached, PathPrefix: prefix = '/', PolicyUsageFilter: usage }: ListPoliciesRequest,
  call: Call,
): boolean {
  if (!policy.path.startsWith(prefix)) return false;
  const [attached, bounds] = [attachmentCount(tx, policy, call), boundaryCount(tx, policy, call)];
  if (usage === 'PermissionsPolicy' && attached === 0) return false;
  if (usage === 'PermissionsBoundary' && bounds === 0) return false;
  return onlyAttached !== true || attached + bounds > 0;
}
