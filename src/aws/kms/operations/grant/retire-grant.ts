// RetireGrant: whoever holds a grant gives it back, by its token or by key and id.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { KmsOperation } from '../../kms.ts';
import { invalidGrantId, invalidGrantToken, validation } from '../../errors.ts';
import type { RetireGrantRequest } from '../../shapes.generated.ts';
import { grants } from '../../state/grant/grants.ts';
import { refuseDryRun } from '../cryptography/usable-key.ts';
import { keyById } from '../resolve/key.ts';

export const retireGrant: KmsOperation<'RetireGrant'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const id = grantId(tx, call, input);
    refuseDryRun(input.DryRun);
    tx.table(grants).delete(id);
    return {};
  });

function grantId(
  tx: ReadTransaction,
  call: Call,
  { GrantToken, KeyId, GrantId }: RetireGrantRequest,
): string {
  if (GrantToken !== undefined) {
    const [grant] = tx.table(grants).by('token', { token: GrantToken });
    if (grant?.accountId !== call.accountId) throw invalidGrantToken();
    return grant.id;
  }
  if (KeyId === undefined || GrantId === undefined)
    throw validation('Specify either a GrantToken, or a KeyId with a GrantId.');
  const { arn } = keyById(tx, call, KeyId);
  if (tx.table(grants).get(GrantId)?.keyArn !== arn) throw invalidGrantId(GrantId);
  return GrantId;
}
