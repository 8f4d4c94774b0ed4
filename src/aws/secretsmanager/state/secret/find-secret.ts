// From what callers call a secret to the secret: its name, its ARN, or its ARN without the six characters at the end.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Secret, SecretVersion } from './secret.ts';
import { parseSecretArn } from './secret-arn.ts';
import { markedForDeletion, secretNotFound, versionNotFound } from './secret-problem.ts';
import { secrets, secretVersionKey, secretVersions } from './secrets.ts';

/** The secret in the caller's account and Region, also one that waits for its deletion; undefined where there is none. */
export function lookUpSecret(tx: ReadTransaction, scope: Scope, reference: string): Secret | undefined {
  if (!reference.startsWith('arn:')) return secretOfName(tx, scope, reference);
  const arn = parseSecretArn(reference);
  if (arn?.accountId !== scope.accountId || arn.region !== scope.region) return undefined;
  return tx.table(secrets).get(reference) ?? secretOfName(tx, scope, arn.rest);
}

/** The same; throws a SecretProblem where there is none. */
export function findSecret(tx: ReadTransaction, scope: Scope, reference: string): Secret {
  const secret = lookUpSecret(tx, scope, reference);
  if (secret === undefined) throw secretNotFound();
  return secret;
}

/** The secret; throws a SecretProblem where there is none, or it waits for its deletion. */
export function findLiveSecret(tx: ReadTransaction, scope: Scope, reference: string): Secret {
  const secret = findSecret(tx, scope, reference);
  if (secret.deletion !== undefined) throw markedForDeletion();
  return secret;
}

function secretOfName(tx: ReadTransaction, { accountId, region }: Scope, name: string): Secret | undefined {
  const [secret] = tx.table(secrets).by('name', { accountId, region, name });
  return secret;
}

export const versionsOf = (tx: ReadTransaction, { arn }: Secret): SecretVersion[] => [
  ...tx.table(secretVersions).by('secret', { secretArn: arn }),
];

export const versionAt = (tx: ReadTransaction, secret: Secret, stage: string): SecretVersion | undefined =>
  versionsOf(tx, secret).find(({ stages }) => stages.includes(stage));

/** The version of that id, which must have that stage too where both are given; throws a SecretProblem. */
export function findVersion(
  tx: ReadTransaction,
  secret: Secret,
  id: string | undefined,
  stage: string,
): SecretVersion {
  if (id === undefined) {
    const version = versionAt(tx, secret, stage);
    if (version === undefined) throw versionNotFound(`staging label: ${stage}`);
    return version;
  }
  const version = tx.table(secretVersions).get(secretVersionKey(secret.arn, id));
  if (version === undefined) throw versionNotFound(`VersionId: ${id}`);
  return version;
}
