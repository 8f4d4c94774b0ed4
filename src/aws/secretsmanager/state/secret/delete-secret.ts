import type { WriteTransaction } from '../../../../store/store.ts';
import { versionsOf } from './find-secret.ts';
import type { Secret } from './secret.ts';
import { secrets, secretVersions } from './secrets.ts';

/** Nothing of the secret is left. */
export function deleteSecretNow(tx: WriteTransaction, secret: Secret): void {
  for (const version of versionsOf(tx, secret)) tx.table(secretVersions).delete(secretVersions.key(version));
  tx.table(secrets).delete(secret.arn);
}
